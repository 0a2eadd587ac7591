// Searches as one types; and, where the page stands inside Airflow, takes over its colours and leads out of its frame.
// All else works without.
"use strict";

(() => {
  // Below it are all pages; the files that these load stand there, or in a folder there.
  const home = new URL(".", document.currentScript.src).href.replace(/files\/$/, "");

  // Airflow's frame lets no link out, neither to the window around it nor to a new one. So that window follows it.
  const leadOut = () => {
    if (window.parent === window) return;
    const follow = (event) => {
      const link = event.target.closest("a[href]");
      if (!link || event.button > 1) return;
      const address = new URL(link.getAttribute("href"), document.baseURI);
      const isAnew = event.button === 1 || event.ctrlKey || event.metaKey || event.shiftKey;
      if (!isAnew && `${address.origin}${address.pathname}/`.startsWith(home)) return;
      let outer;
      try {
        outer = window.parent.document.createElement("a");
      } catch {
        return;
      }
      outer.href = address.href;
      outer.rel = "noopener";
      if (isAnew || address.origin !== location.origin) outer.target = "_blank";
      event.preventDefault();
      outer.click();
    };
    document.addEventListener("click", follow);
    document.addEventListener("auxclick", follow);
  };

  // Its address has that of this page at its end, and follows only what is loaded anew.
  const tellAirflow = () => {
    try {
      const outer = window.parent;
      if (outer === window || !outer.location.pathname.endsWith(location.pathname)) return;
      outer.history.replaceState(outer.history.state, "", outer.location.pathname + location.search);
    } catch {
      // Not Airflow.
    }
  };

  const followAirflow = () => {
    let outer;
    try {
      outer = window.parent === window ? null : window.parent.document.documentElement;
    } catch {
      outer = null;
    }
    if (!outer) return;
    const take = () => {
      const theme = ["dark", "light"].find((name) => outer.classList.contains(name));
      if (theme) document.documentElement.dataset.theme = theme;
    };
    take();
    new MutationObserver(take).observe(outer, { attributes: true, attributeFilter: ["class"] });
  };

  const form = document.querySelector("form[data-search]");
  const found = document.querySelector("[data-found]");

  // Asks the list anew with what is typed, and takes over the part that was found.
  const askTheServer = () => {
    const input = form.querySelector("input[type=search]");
    let waiting = 0;
    let asked = 0;
    const ask = async () => {
      const number = ++asked;
      const address = new URL(form.action);
      address.search = new URLSearchParams([...new FormData(form)].filter(([, value]) => value)).toString();
      try {
        const answer = await fetch(address, { credentials: "same-origin" });
        const text = await answer.text();
        if (number !== asked || !answer.ok) return;
        const part = new DOMParser().parseFromString(text, "text/html").querySelector("[data-found]");
        if (!part) return;
        found.replaceChildren(...part.childNodes);
        history.replaceState(null, "", address);
        tellAirflow();
      } catch {
        // The button still works.
      }
    };
    input.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(ask, 200);
    });
    // Somebody may have begun to type before this script was there.
    if (input.value !== input.defaultValue) ask();
  };

  const folded = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase().normalize("NFKD");

  // Searches in the words that `search.js` brought: [name, address, state, description, words of columns].
  const searchHere = (tables) => {
    const input = form.querySelector("input[type=search]");
    const all = [...found.childNodes];
    const what = tables.some(([, , state]) => state.startsWith("dbt project")) ? "tables, models and projects" : "tables";
    const places = tables.map(([name, , , description, columns]) => [folded(name), folded(columns), folded(description)]);
    const rank = (index, words) => {
      let worst = 0;
      for (const word of words) {
        const place = places[index].findIndex((text) => text.includes(word));
        if (place < 0) return -1;
        worst = Math.max(worst, place);
      }
      return worst;
    };
    const line = ([name, address, state, description]) => {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = address;
      link.textContent = name;
      const words = document.createElement("p");
      words.textContent = [state, description].filter(Boolean).join(" · ");
      item.append(link, words);
      return item;
    };
    // So that what was searched for can be sent to somebody; a page from a disk keeps its address.
    const remember = () => {
      const address = new URL(location.href);
      if (input.value) address.searchParams.set("q", input.value);
      else address.searchParams.delete("q");
      try {
        history.replaceState(null, "", address);
      } catch {
        // It can be searched all the same.
      }
    };
    const show = () => {
      const words = folded(input.value).split(/\s+/).filter(Boolean);
      if (!words.length) {
        found.replaceChildren(...all);
        return;
      }
      const ranked = tables.map((table, index) => [rank(index, words), table]).filter(([place]) => place >= 0);
      ranked.sort((one, other) => one[0] - other[0]);
      const said = document.createElement("p");
      said.className = "found";
      said.setAttribute("role", "status");
      said.textContent = `${ranked.length} of ${tables.length} ${what}`;
      const list = document.createElement("ul");
      list.className = "results";
      list.append(...ranked.slice(0, 200).map(([, table]) => line(table)));
      found.replaceChildren(said, list);
    };
    input.addEventListener("input", () => {
      show();
      remember();
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const links = found.querySelectorAll(".results a");
      if (links.length === 1) links[0].click();
    });
    input.value ||= new URLSearchParams(location.search).get("q") || "";
    if (input.value) show();
  };

  followAirflow();
  leadOut();
  if (form && found) {
    window.addEventListener("DOMContentLoaded", () => {
      if (window.summaryTables) searchHere(window.summaryTables);
      else if (!form.hasAttribute("data-here")) askTheServer();
    });
  }
})();
