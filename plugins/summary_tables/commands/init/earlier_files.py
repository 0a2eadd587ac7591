"""Files as they stood where the repository of the library was copied, before there was `init`: nobody wrote in them."""

from collections.abc import Mapping
from typing import Final

EARLIER: Final[Mapping[str, tuple[str, ...]]] = {
    ".airflowignore": (
        "91ee8ddd3c83de8501fe9a17306dc80b6d7992404dd49cbce499385debe00c2e",
        "58bba65616f3efacf7a8b250e0db42b87f68c51975ab3423066f1c50e242a44b",
        "ba81373d35bb1386f15b400779805ee67de8b0165153a2dc06fa2d7d89014092",
    ),
    ".github/post_preview.py": (
        "d3765575cb9936a044a7705493554bd20e183cf1f05b5888c4994ccbb0505229",
        "950689469a854500f830bb108db68f69548b3649000508872a7bcad0a304a425",
    ),
    ".github/workflows/lint.yaml": (
        "9b0d6ef843319389590ebc36a8d650d26a8d78636c318b7962e241820deaaf18",
        "38ec8a21ed14216a0b39949424a100425cceece9ee4ddf94e5041228f8ab1191",
        "77b7f59748794edfd1de4cf22d6a72edbcba98027d836768dc4e426e07f805cf",
    ),
    ".github/workflows/preview.yaml": (
        "9fc5c1cdf9d26425c8b1e48211391b641e5ecf5d748ef202fb41ca749b7551e1",
        "b86c8795f2ed4bbe20158a3fb68a6599ea84cf5fae3d765dc7eca25fced697d0",
    ),
    "dags/config_problems.py": (
        "f79e6991a0efbef0ee1dc9f2e64cd11367bfda7c2c99ffde42a47ad90195ca27",
        "8ebb54c68e348c43c4d4538512fe95b1378834a464c5e8bf289b3c25d700f26c",
        "4985a011057ee8eb46c98ca11cc8257d06572b66b6f688f879132cfad83cd66b",
    ),
    "dags/summary_table_dags.py": (
        "79d1e649d84bc45e54e351248030d6012d306c81a0cb0392529681863a67f96a",
        "8cb00614d1585b249f25aba7dad344f3ad51cdcc173e977916cec07a7ee021b8",
    ),
    "schemas/defaults.schema.json": (
        "f8231b279eb934f517479ea63710528246afffaf92e7737285553889f40c4849",
        "d0e6691bf9290b7892daf29f6eb6b2170cb75157234875a209c474871fa8ab5f",
        "738ba0d41800f1cff633e4fdbb671c36e32e2fe69e69f14c8f39095efaba2bd9",
    ),
    "schemas/summary_table.schema.json": (
        "00d9cabc686a9a2d5850e87936ae4ee15aa08b2e18145c1ea537e82ea8dded40",
        "b9929dcf2e2e9d6fa2382697d33c3eb028cde6ead52bbd1e47c9b9640db399b9",
        "8922974229e74cdec9c4021448f6c504d0b4a405c52ae9e3498cfc942c0e9db9",
    ),
}
"""Digests by path."""
