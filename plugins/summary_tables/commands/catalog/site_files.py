"""All files of the site, by their paths in it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from summary_tables.catalog.entry import Catalog, Entry
from summary_tables.catalog.listing.facets import Facets, FacetValue
from summary_tables.catalog.listing.listing import Listing, listing
from summary_tables.catalog.listing.view import FACET_NAMES, View
from summary_tables.catalog.pages.list_page import list_page
from summary_tables.catalog.pages.page_files import PAGE_FILES, page_file
from summary_tables.catalog.pages.project_page import ALONE, Around, project_page
from summary_tables.catalog.pages.table_details import TableDetails
from summary_tables.catalog.pages.table_page import table_page
from summary_tables.commands.catalog.file_names import list_file, project_file, table_file
from summary_tables.commands.catalog.search_data import search_data
from summary_tables.commands.catalog.site_links import SEARCH_DATA, SiteLinks

PAGE_SIZE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteFile:
    """`path` has `/` between folders."""

    path: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteContent:
    """`details` gives what the page of a table shows beyond its entry, `around` what is around a model.

    `repository`: see `Settings`.
    """

    catalog: Catalog
    details: Callable[[Entry], TableDetails]
    around: Around = ALONE
    repository: str = ""

    def links(self, root: str) -> SiteLinks:
        """Those of a page, from which `root` leads to the root of the site."""
        projects = [project.name for project in self.catalog.projects]
        return SiteLinks(root=root, tables=self.catalog.entries.keys(), projects=projects, repository=self.repository)


def site_files(content: SiteContent) -> Iterator[SiteFile]:
    """The lists, a page a table, and what they load. Each is made when it is asked for."""
    for name in PAGE_FILES:
        yield SiteFile(path=name, text=page_file(name))
    entries = tuple(content.catalog.entries.values())
    yield SiteFile(path=SEARCH_DATA, text=search_data(content.catalog, content.links("")))
    yield from _lists(content, entries)
    for entry in entries:
        yield SiteFile(path=table_file(entry.full_name), text=_table(content, entry))
    for project in content.catalog.projects:
        text = project_page(project, content.links("../"), content.around, content.catalog.read_at)
        yield SiteFile(path=project_file(project.name), text=text)


def _table(content: SiteContent, entry: Entry) -> str:
    catalog = content.catalog
    return table_page(
        entry,
        content.links("../"),
        content.details(entry),
        read_at=catalog.read_at,
        warehouse_problem=catalog.warehouse_problem,
    )


def _lists(content: SiteContent, entries: Sequence[Entry]) -> Iterator[SiteFile]:
    links = content.links("")
    every = listing(entries, View(), PAGE_SIZE)
    for view in _views(every.facets):
        for page in range(1, listing(entries, view, PAGE_SIZE).pages + 1):
            shown = _with_all_choices(listing(entries, view.turned_to(page), PAGE_SIZE), every.facets)
            yield SiteFile(path=list_file(shown.view), text=list_page(content.catalog, shown, links))


def _views(facets: Facets) -> Iterator[View]:
    """The whole list, and one a value; none of those of which nothing is known."""
    yield View()
    for facet in FACET_NAMES:
        yield from (View().toggled(facet, value.value) for value in facets[facet] if value.value != "unknown")


def _with_all_choices(shown: Listing, every: Facets) -> Listing:
    """Each choice leads to a page of its own, and counts what is there."""
    chosen = shown.view.chosen
    facets = {facet: tuple(_marked(value, chosen[facet]) for value in values) for facet, values in every.items()}
    return replace(shown, facets=facets)


def _marked(value: FacetValue, chosen: Sequence[str]) -> FacetValue:
    return replace(value, is_chosen=value.value in chosen)
