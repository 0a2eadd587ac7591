"""What can be read of a file whose keys or values are wrong, for the rules that judge what stands at one place.

Others are not asked: what is missing may stand under the wrong key.
"""

from dataclasses import replace

from summary_tables.configs.config import from_data
from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.hidden_file import HiddenFile
from summary_tables.configs.schema.check import sound_data
from summary_tables.configs.table_file import TableFile


def partial_file(hidden: HiddenFile, folder: ConfigFolder) -> TableFile | None:
    """The file without the keys that are wrong; None where the others describe no table."""
    data = sound_data(hidden.document, "summary_table") if hidden.document else None
    if data is None or hidden.document is None:
        return None
    document = replace(hidden.document, data=data)
    return TableFile(config=from_data(data, folder.defaults or {}, hidden.path), document=document)
