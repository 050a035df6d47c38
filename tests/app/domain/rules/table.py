"""The table of domain.md §3 as it was read, row by row: what the rules are held against.

`docs/states.md` is written from it: `python -m tests.app.domain.rules.sheet`.
"""

from __future__ import annotations

from typing import NamedTuple

from app.domain.case import OPEN, State
from app.domain.events import Role

COUNTER = frozenset({Role.AGENT, Role.CLERK, Role.APPROVER, Role.HEAD})
WINDOW = COUNTER - {Role.AGENT}
"""At a village, where the agent is the whole window, COUNTER stands for it."""
DECIDES = frozenset({Role.HEAD})
"""An approver too, with a written authorisation for the item."""
DECIDES_PROCEDURE = frozenset({Role.APPROVER, Role.HEAD})
SUPERVISES = frozenset({Role.SUPERVISOR})
ARCHIVES = frozenset({Role.ARCHIVIST})
ANYBODY = frozenset(Role)


class Row(NamedTuple):
    """`fits`: in which states, for some case; elsewhere it is refused, whatever the case.

    `becomes`: the states after it, none if it leaves the state alone.
    `clocks`: `+x` starts, `-x` ends, `|x` freezes, `>x` runs on, `*x` gets more days; each for some case.
    `place` says in words whose station may; `proof` are the tests that tell the row.
    """

    kind: str
    fits: frozenset[State]
    becomes: frozenset[State]
    clocks: frozenset[str]
    roles: frozenset[Role]
    place: str
    proof: tuple[str, ...]


S = State
_BEFORE_ARCHIVE = frozenset(State) - {S.ARCHIVED, S.DESTROYED}
_ALIVE = frozenset(State) - {S.DESTROYED}
_UNDECIDED = OPEN - {S.DECIDED}


def _row(
    kind: str,
    fits: frozenset[State] | set[State],
    becomes: set[State],
    clocks: str,
    roles: frozenset[Role],
    place: str,
    proof: str,
) -> Row:
    return Row(
        kind,
        frozenset(fits),
        frozenset(becomes),
        frozenset(clocks.split()),
        roles,
        place,
        tuple(proof.split()),
    )


_ALL_RUNNING = (
    "-accompanying -examination -forwarding -procedure -promised -review -statutory "
    "-supplement -taking_over -hand_over"
)

ROWS = (
    # --- at the counter
    _row("case.registered", set(), {S.RECEIVED}, "+forwarding +accompanying +examination +promised +statutory",
         COUNTER, "any station, for its own region or below",
         "test_intake.py::test_a_village_that_only_forwards_has_three_working_days_for_it "
         "test_intake.py::test_at_the_authoritys_own_counter_the_five_days_run_from_receipt"),
    _row("case.supplied", {S.RECEIVED, S.AWAITING_SUPPLEMENT}, set(), "+forwarding",
         COUNTER, "who has the papers; on a notice the station or the authority",
         "test_intake.py::test_papers_supplied_later_join_those_on_the_table_and_replace_the_same_one "
         "test_intake.py::test_what_comes_in_on_a_notice_has_to_be_sent_on"),
    _row("case.forwarded", {S.RECEIVED}, {S.IN_TRANSIT}, "+taking_over -accompanying",
         COUNTER, "who has the papers",
         "test_intake.py::test_forwarding_has_the_authority_watched_and_the_promise_run_until_it_takes_over"),
    _row("case.appointed", {S.RECEIVED, S.ACCOMPANIED}, {S.ACCOMPANIED}, "", COUNTER, "who has the papers",
         "test_intake.py::test_an_accompanied_case_is_appointed_visited_and_concluded"),
    _row("case.visited", {S.ACCOMPANIED}, set(), "-accompanying", COUNTER, "who has the papers",
         "test_intake.py::test_an_accompanied_case_is_appointed_visited_and_concluded"),
    _row("case.concluded", {S.RECEIVED, S.ACCOMPANIED}, {S.CLOSED}, "-accompanying -hand_over",
         COUNTER, "who has the papers",
         "test_intake.py::test_an_accompanied_case_is_appointed_visited_and_concluded "
         "test_intake.py::test_what_a_body_outside_takes_itself_is_concluded_at_the_station"),
    _row("case.corrected", OPEN, set(), "", COUNTER, "who has the papers; a higher tier once it has them",
         "test_correction.py::test_a_mistaken_intake_is_corrected_under_its_number "
         "test_correction.py::test_after_take_over_only_the_authority_corrects"),
    _row("case.marked", OPEN, set(), "", COUNTER,
         "the station or the authority; what was set is unset by who has the papers",
         "test_correction.py::test_a_station_may_call_a_case_urgent_but_not_take_that_back_above"),
    # --- examination
    _row("case.taken_over", {S.RECEIVED, S.IN_TRANSIT}, {S.UNDER_EXAMINATION},
         "+examination -forwarding -taking_over -hand_over", WINDOW, "the tier that examines",
         "test_examination.py::test_taking_over_ends_the_forwarding_clock_and_starts_five_days_of_examination "
         "test_examination.py::test_a_clock_that_starts_at_taking_over_starts_there"),
    _row("case.returned", {S.IN_TRANSIT, S.UNDER_EXAMINATION}, {S.RECEIVED},
         "+forwarding -examination -forwarding -promised -taking_over", WINDOW, "the tier that examines",
         "test_examination.py::test_a_return_ends_every_clock_and_the_village_has_three_days_again "
         "test_examination.py::test_a_clock_that_ran_from_receipt_begins_anew_after_a_return"),
    _row("case.supplement_asked", {S.UNDER_EXAMINATION}, {S.AWAITING_SUPPLEMENT},
         "+supplement |examination |promised", WINDOW, "the tier that examines",
         "test_examination.py::test_a_supplement_notice_stops_the_examination_until_the_authority_has_the_papers "
         "test_examination.py::test_a_supplement_freezes_a_decision_clock_that_runs_before_acceptance"),
    _row("case.supplement_received", {S.AWAITING_SUPPLEMENT}, {S.UNDER_EXAMINATION},
         ">examination >promised -supplement -forwarding", WINDOW, "the tier that examines",
         "test_examination.py::test_a_supplement_notice_stops_the_examination_until_the_authority_has_the_papers"),
    _row("case.lapsed", {S.AWAITING_SUPPLEMENT}, {S.LAPSED}, "-supplement -examination -promised -hand_over",
         WINDOW, "the tier that examines", "test_examination.py::test_a_case_lapses_after_the_days_of_its_notice"),
    _row("case.accepted", {S.UNDER_EXAMINATION}, {S.IN_PROGRESS}, "+promised +statutory +review -examination",
         WINDOW, "the tier that examines",
         "test_examination.py::test_acceptance_starts_the_promised_and_the_statutory_clock "
         "test_handling.py::test_each_tier_has_a_clock_of_its_own_when_a_case_goes_up_again"),
    _row("case.deemed_accepted", {S.UNDER_EXAMINATION}, {S.IN_PROGRESS}, "+promised +statutory -examination",
         WINDOW, "the tier that examines",
         "test_examination.py::test_silence_on_a_licence_is_acceptance_dated_back_to_receipt "
         "test_examination.py::test_silence_on_anything_else_is_not"),
    _row("case.refused", {S.UNDER_EXAMINATION}, {S.REFUSED}, "-examination -promised -hand_over",
         WINDOW, "the tier that examines", "test_examination.py::test_a_refusal_ends_every_clock"),
    # --- the work
    _row("case.paused", {S.IN_PROGRESS, S.WITH_SUPERIOR}, {S.PAUSED}, "+procedure |promised |statutory |review",
         DECIDES_PROCEDURE, "the tier that has it in hand",
         "test_handling.py::test_a_special_procedure_freezes_the_limits_and_runs_on_its_own "
         "test_handling.py::test_only_what_the_item_lists_stops_its_clock"),
    _row("case.resumed", {S.PAUSED}, {S.IN_PROGRESS, S.WITH_SUPERIOR}, "-procedure >promised >statutory >review",
         WINDOW, "the tier that has it in hand",
         "test_handling.py::test_a_special_procedure_freezes_the_limits_and_runs_on_its_own"),
    _row("case.extended", {S.IN_PROGRESS, S.WITH_SUPERIOR}, set(), "*promised *statutory", DECIDES,
         "the head of the tier that decides", "test_handling.py::test_a_limit_is_extended_once_by_the_head"),
    _row("case.split", {S.IN_PROGRESS}, set(), "*statutory", WINDOW, "the tier that has it in hand",
         "test_handling.py::test_a_parent_waits_for_all_its_parts "
         "test_handling.py::test_a_licence_that_several_handle_has_forty_five_days_and_fifteen_more"),
    _row("case.child_opened", set(), {S.IN_PROGRESS}, "+promised +statutory", WINDOW,
         "a tier that examines or decides the part", "test_handling.py::test_a_part_runs_on_its_own_items_clock"),
    _row("case.child_ended", {S.IN_PROGRESS, S.PAUSED, S.WITHDRAWN, S.VOIDED}, set(), "", COUNTER | SUPERVISES,
         "the tier that examines, or above",
         "test_handling.py::test_a_parent_waits_for_all_its_parts "
         "test_handling.py::test_a_part_ends_also_after_its_parent_and_by_supervision"),
    _row("case.passed_up", {S.IN_PROGRESS}, {S.WITH_SUPERIOR}, "+review -review", WINDOW, "the tier that examines",
         "test_handling.py::test_each_tier_has_a_clock_of_its_own_when_a_case_goes_up_again"),
    _row("case.sent_down", {S.WITH_SUPERIOR}, {S.IN_PROGRESS}, "+review -review", WINDOW, "the tier that decides",
         "test_handling.py::test_a_superior_sends_down_its_answer_or_the_case"),
    _row("case.sent_outside", {S.IN_PROGRESS, S.WITH_SUPERIOR}, {S.OUTSIDE}, "", WINDOW,
         "the tier that has it in hand", "test_handling.py::test_what_a_body_outside_decides_is_only_recorded"),
    _row("case.outside_answered", {S.OUTSIDE}, {S.IN_PROGRESS, S.WITH_SUPERIOR}, "", WINDOW,
         "the tier that has it in hand", "test_handling.py::test_what_a_body_outside_decides_is_only_recorded"),
    _row("case.decided", {S.IN_PROGRESS, S.WITH_SUPERIOR}, {S.DECIDED},
         "+delivery -promised -statutory -review", DECIDES,
         "the tier that decides; what a body outside decided, the window of the tier that examines records",
         "test_handling.py::test_a_decision_ends_the_authoritys_clocks_and_starts_ten_days_of_delivery "
         "test_powers.py::test_an_approver_decides_only_with_a_written_authorisation_for_the_item"),
    _row("case.completed", {S.RECEIVED, S.UNDER_EXAMINATION}, {S.CLOSED}, "-promised -examination -hand_over",
         WINDOW, "the tier that examines",
         "test_handling.py::test_an_instant_item_is_completed_where_it_was_received"),
    # --- after the decision
    _row("case.certified", {S.DECIDED}, set(), "", WINDOW, "the tier that examines or decides",
         "test_outcome.py::test_a_certificate_is_made_only_of_an_approval"),
    _row("case.delivered", {S.DECIDED}, {S.DELIVERED}, "-delivery -hand_over +follow_up",
         COUNTER, "any of the case's stations",
         "test_outcome.py::test_a_delivery_ends_the_last_limit_and_a_follow_up_is_awaited "
         "test_outcome.py::test_each_way_of_delivery_has_its_proof"),
    _row("case.followed_up", {S.DELIVERED, S.CLOSED}, {S.FOLLOWED_UP}, "-follow_up", ANYBODY - ARCHIVES,
         "any of the case's stations; nobody who handled it",
         "test_outcome.py::test_a_follow_up_is_made_by_somebody_who_did_not_handle_the_case "
         "test_outcome.py::test_a_poor_rating_has_to_be_mended_in_fifteen_working_days"),
    _row("case.rectified", {S.FOLLOWED_UP}, set(), "-rectification", COUNTER, "any of the case's stations",
         "test_outcome.py::test_a_poor_rating_has_to_be_mended_in_fifteen_working_days"),
    _row("case.archived", {S.FOLLOWED_UP, S.CLOSED, S.REFUSED, S.LAPSED, S.WITHDRAWN, S.VOIDED}, {S.ARCHIVED}, "",
         ARCHIVES, "the tier that took the case over, or above",
         "test_outcome.py::test_an_archived_case_is_locked "
         "test_outcome.py::test_nothing_is_archived_while_something_is_owed"),
    _row("case.appraised", {S.ARCHIVED}, set(), "", ARCHIVES, "the tier that keeps the file, or above",
         "test_outcome.py::test_a_file_is_appraised_when_its_period_is_over"),
    _row("case.destroyed", {S.ARCHIVED}, {S.DESTROYED}, "", DECIDES, "the tier that keeps the file, or above",
         "test_outcome.py::test_a_file_is_destroyed_by_a_head_who_did_not_appraise_it"),
    _row("case.withdrawn", _UNDECIDED, {S.WITHDRAWN}, _ALL_RUNNING, COUNTER, "the station or the authority",
         "test_outcome.py::test_the_applicant_may_take_the_request_back_until_it_is_decided"),
    _row("case.voided", OPEN, {S.VOIDED}, _ALL_RUNNING + " -delivery",
         SUPERVISES, "the tier that has the papers, or above",
         "test_outcome.py::test_supervision_voids_what_should_not_be_there"),
    # --- care
    _row("case.handed_over", OPEN, set(), "+hand_over -hand_over",
         COUNTER, "the owner, or the head of the owner's station, or of the one that the village came under since",
         "test_care.py::test_a_matter_stays_the_owners_until_the_named_person_takes_it "
         "test_care.py::test_for_a_village_that_moved_the_head_of_its_township_of_today_offers_what_the_former_left"),
    _row("case.hand_over_taken", OPEN, set(), "-hand_over", ANYBODY, "the named person",
         "test_care.py::test_a_matter_stays_the_owners_until_the_named_person_takes_it"),
    _row("case.custody_moved", _BEFORE_ARCHIVE, set(), "", COUNTER, "who holds the original, or receives it",
         "test_care.py::test_an_original_moves_only_from_hand_to_hand"),
    _row("attachment.added", _BEFORE_ARCHIVE, set(), "", COUNTER | ARCHIVES,
         "who took the case in, who has the papers, who examines or decides",
         "test_attachments.py::test_scans_are_attached_to_a_material_and_change_nothing_else "
         "test_attachments.py::test_what_was_signed_at_the_end_is_attached_after_the_end"),
    _row("attachment.removed", _BEFORE_ARCHIVE, set(), "", COUNTER | ARCHIVES,
         "the same; what a higher tier attached only that tier or above",
         "test_attachments.py::test_a_mistake_is_taken_out_of_sight_with_a_reason "
         "test_attachments.py::test_what_a_higher_tier_attached_is_not_removed_from_below"),
    _row("case.compared", _BEFORE_ARCHIVE, set(), "", COUNTER | SUPERVISES, "any of the case's stations",
         "test_care.py::test_what_a_higher_tier_said_of_a_duplicate_stands"),
    _row("paper.issued", _ALIVE, set(), "", COUNTER | ARCHIVES, "any; a sealed document its own tier",
         "test_powers.py::test_a_document_comes_only_from_the_tier_that_has_the_power"),
    _row("case.numbers_shown", _ALIVE, set(), "", ANYBODY, "any of the case's stations",
         "test_care.py::test_a_look_changes_nothing"),
    _row("case.record_opened", _ALIVE, set(), "", ANYBODY, "any of the case's stations",
         "test_care.py::test_a_look_changes_nothing"),
    # --- supervision
    _row("card.issued", _ALIVE, set(), "", SUPERVISES, "the tier of the station named, or above",
         "test_supervision.py::test_a_card_is_issued_only_for_what_is_late "
         "test_supervision.py::test_a_limit_that_was_overstepped_stays_so"),
    _row("card.confirmed", _ALIVE, set(), "", COUNTER,
         "the station named, or the one of its tier that the village came under since",
         "test_supervision.py::test_the_station_named_answers_and_supervision_judges "
         "test_supervision.py::test_for_a_village_that_moved_its_township_of_today_answers"),
    _row("card.appealed", _ALIVE, set(), "", COUNTER,
         "the station named, or the one of its tier that the village came under since",
         "test_supervision.py::test_the_station_named_answers_and_supervision_judges "
         "test_supervision.py::test_for_a_village_that_moved_its_township_of_today_answers"),
    _row("card.upheld", _ALIVE, set(), "", SUPERVISES, "any above",
         "test_supervision.py::test_a_card_is_upheld_only_after_an_appeal"),
    _row("card.withdrawn", _ALIVE, set(), "", SUPERVISES, "any above",
         "test_supervision.py::test_the_station_named_answers_and_supervision_judges"),
    _row("card.tasked", _ALIVE, set(), "", SUPERVISES, "any above",
         "test_supervision.py::test_a_card_becomes_a_supervised_task"),
)  # fmt: skip

BY_KIND = {row.kind: row for row in ROWS}
