"""What somebody may be at the desk: the one list that pages, accounts and the database's constraint agree on."""

ADMINISTRATOR = "administrator"
STAFF_ROLES = ("registration", "programme", "finance", "door")
ROLES = (*STAFF_ROLES, ADMINISTRATOR)
