"""Everything that crosses to another machine.

`protocol`, `codec`, `enrolment_code` and `refusals` are what both sides agree on.
`client` is a station's side, `centre` the district's; they never import each other.
`sync/README.md` writes the protocol down for whoever builds another peer.
What an entry means is none of this room's business (`app.domain`):
it moves bytes, checks who wrote them and where they may go.
"""
