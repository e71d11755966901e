"""The desk's words about reminders of what is not paid."""

from flask_babel import lazy_gettext as _l

from conference.checkout import dunning

Release, Step, Wait = dunning.Release, dunning.Step, dunning.Wait

STEPS = {
    Step.FRIENDLY: _l("Friendly reminder"),
    Step.FIRST: _l("First reminder"),
    Step.SECOND: _l("Second reminder"),
    Step.LAST: _l("Last notice"),
}
WAITS = {
    Wait.PAUSED: _l("paused"),
    Wait.MONEY: _l("money waits in the bank’s lines"),
    Wait.MARK: _l("payment waits for approval"),
    Wait.DISPUTE: _l("disputed"),
    Wait.BANK: _l("bank not known"),
    Wait.ADDRESS: _l("no address"),
}
WHY = {
    Wait.PAUSED: _l("Somebody has let it rest."),
    Wait.MONEY: _l("A line of a bank statement that is not matched yet seems to pay this order. Look at it first."),
    Wait.MARK: _l("A payment of it waits for a second person, who has not approved it yet."),
    Wait.DISPUTE: _l("A payment of this order is disputed."),
    Wait.BANK: _l("What came to the bank in the last days is not known. Import a statement, or say that nothing came."),
    Wait.ADDRESS: _l("There is no address to write to."),
}
RELEASES = {
    Release.ITSELF: _l("By itself, once the days of grace are over and the bank is known until then"),
    Release.STAFF: _l("By staff: nothing is given back before somebody has decided it"),
}
