"""Cards on the command line."""


def test_where_nothing_is_late_it_says_so_and_how_the_lights_stand(village):
    village.a_case()
    said = village.run("cards")
    assert said.code == 0
    assert said.out.startswith("办件：正常 1，预警 0，黄牌 0，红牌 0")
    assert "没有" in said.err


def test_a_kind_of_card_that_does_not_exist_is_wrong_usage(village):
    assert village.run("cards", "blue").code == 2


def test_a_list_is_as_long_as_one_asks(village):
    for _ in range(3):
        village.a_case()
    assert village.run("cards", "--limit", "0").code == 2
    assert village.json("cards", "pending", "--limit", "2")["cards"] == []
