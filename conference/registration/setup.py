"""What templates may call: the small print beside each choice, and all prices of a meeting for its own page."""

from conference.registration import details, price_table, queries
from conference.registration.form import condition_for_script
from conference.registration.invitations.queries import of_registration, standing_for
from conference.registration.visa.queries import newest_ref, policy_of


def set_up(app):
    """Make prices and the details of choices known to templates."""
    small_print = (details.category_details, details.mode_details, details.add_on_details, details.dues_details)
    for function in (*small_print, price_table.price_blocks):
        app.add_template_global(function)
    app.add_template_global(condition_for_script)
    app.add_template_global(queries.add_ons_of, "extras_on_sale")
    app.add_template_global(lambda meeting: policy_of(meeting).is_offered, "offers_visa_letters")
    app.add_template_global(newest_ref, "visa_request_of")
    app.add_template_global(of_registration, "invitations_of")
    app.add_template_global(standing_for, "invitation_for")
