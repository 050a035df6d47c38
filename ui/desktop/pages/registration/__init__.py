"""登记: an applicant's request is taken in, from the item's name to the printed receipt.

The presenter holds the form, and knows no widgets; the cards show their part of it and hold no rule.
"""
