import socket

from demo.port_reservation import reserved_port


def a_free_port() -> int:
    """One that nobody is given by chance a moment later."""
    with reserved_port() as port:
        return port


def test_a_free_port_is_taken_as_preferred_and_can_be_listened_on() -> None:
    preferred = a_free_port()
    with reserved_port(preferred) as port, socket.create_server(("127.0.0.1", port)):
        assert port == preferred


def test_two_demos_that_start_together_get_different_ports() -> None:
    preferred = a_free_port()
    with reserved_port(preferred) as first, reserved_port(preferred) as second:
        assert first == preferred
        assert second != preferred


def test_a_port_on_which_someone_listens_is_avoided() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, reserved_port(taken.getsockname()[1]) as port:
        assert port != taken.getsockname()[1]


def test_the_port_is_given_back() -> None:
    preferred = a_free_port()
    for _ in range(2):
        with reserved_port(preferred) as port:
            assert port == preferred
