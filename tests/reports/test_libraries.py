from closedloop.reports import libraries


def test_nothing_is_missing_on_a_machine_that_was_set_up():
    assert libraries.missing() == {}
    libraries.require_libraries()


def test_a_missing_library_names_the_package(monkeypatch):
    lacking = libraries.missing({"libtidak-ada.so.9": "libtidak-ada9"})
    assert lacking == {"libtidak-ada.so.9": "libtidak-ada9"}
    monkeypatch.setattr(libraries, "missing", lambda: lacking)
    (error,) = libraries.check_libraries(None)
    assert (error.id, error.hint) == ("reports.E001", "apt-get install -y libtidak-ada9")
    assert libraries.sentence(lacking).endswith("apt-get install -y libtidak-ada9")
