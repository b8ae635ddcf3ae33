"""Cards go out and come in again."""

from factledger_index_cards import IndexCards

from ledger.testing import Case, assert_exchange_contract, exported, imported


def test_a_claim_is_a_card():
    """Its id and its words, in one line."""
    assert exported(IndexCards(), Case("The bridge was closed.", id="bridge")) == b"bridge: The bridge was closed.\n"


def test_a_card_without_words_is_refused_by_name():
    """The others come in."""
    found = imported(IndexCards(), "bridge: The bridge was closed.\npier:\n")
    assert found.kept == 1
    assert found.refused == (("card 2", "It has no words after its id."),)


def test_it_keeps_the_contract():
    """It writes whatever a ledger may hold, and takes no harm from files that are cut off."""
    assert_exchange_contract(IndexCards(), ["bridge: The bridge was closed.\n"])
