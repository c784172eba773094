package io.kuber.kuard;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The frame around every tab: which pod answered, and the way to the other tabs. */
record Page(Pod pod, long requests, Duration up) {

  Html show(Call call, Tab current, Html body) {
    return Html.of(
        """
        <!doctype html>
        <html lang="en" class="{}">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>{} · {}</title>
        <link rel="icon" href="{}/static/kuard.svg">
        <link rel="stylesheet" href="{}/static/kuard.css">
        <script src="{}/static/kuard.js" defer></script>
        </head>
        <body>
        <header data-live="pod">{}</header>
        <nav aria-label="Pages">{}</nav>
        <main>{}</main>
        <footer>This page shows the environment and files of its pod, secrets included: keep it \
        inside the cluster.</footer>
        </body>
        </html>
        """,
        pod.colour(),
        pod.host(),
        current.title(),
        call.base(),
        call.base(),
        call.base(),
        identity(call),
        navigation(call, current),
        body);
  }

  /** A titled box; the class {@code wide} makes it span the page. */
  static Html card(String title, String style, Html body) {
    return Html.of("<section class=\"card {}\"><h2>{}</h2>{}</section>", style, title, body);
  }

  /** A list of names and values. */
  static Html facts(List<Html> rows) {
    return Html.of("<dl>{}</dl>", Html.join(rows));
  }

  static Html fact(String name, Object value) {
    return Html.of("<div><dt>{}</dt><dd>{}</dd></div>", name, value);
  }

  /** A part that the page's script fetches anew every two seconds. */
  static Html live(String id, Html body) {
    return Html.of("<div data-live=\"{}\">{}</div>", id, body);
  }

  /** Bytes as people read them. */
  static String size(long bytes) {
    String[] units = {"B", "KiB", "MiB", "GiB", "TiB"};
    int unit = 0;
    long tenths = bytes * 10;
    while (tenths >= 10240 && unit < units.length - 1) {
      tenths /= 1024;
      unit++;
    }
    boolean whole = unit == 0 || tenths >= 1000 || tenths % 10 == 0;
    return tenths / 10 + (whole ? "" : "." + tenths % 10) + " " + units[unit];
  }

  private Html identity(Call call) {
    String addresses = pod.addresses().isEmpty() ? "none" : String.join(", ", pod.addresses());
    return Html.of(
        """
        <div class="band">
        <a class="mark" href="{}/"><img src="{}/static/kuard.svg" alt="kuard" width="44" \
        height="44"></a>
        <div class="who"><h1>{}</h1><p>answered this request</p></div>
        <span class="version">{}</span>
        </div>
        <ul class="chips">{}{}{}{}</ul>
        """,
        call.base(),
        call.base(),
        pod.host(),
        pod.version(),
        chip("Address", addresses),
        chip("Node", pod.node().isEmpty() ? "not told" : pod.node()),
        chip("Requests", requests),
        chip("Up", age(up)));
  }

  private static Html chip(String name, Object value) {
    return Html.of("<li><span>{}</span> <b>{}</b></li>", name, value);
  }

  private static Html navigation(Call call, Tab current) {
    List<Html> links = new ArrayList<>();
    for (Tab tab : Tab.values()) {
      Html mark = new Html(tab == current ? " aria-current=\"page\"" : "");
      links.add(Html.of("<a href=\"{}{}\"{}>{}</a>", call.base(), tab.path(), mark, tab.title()));
    }
    return Html.join(links);
  }

  private static String age(Duration up) {
    if (up.toHours() > 0) {
      return up.toHours() + "h " + up.toMinutesPart() + "m";
    }
    return up.toMinutes() > 0
        ? up.toMinutes() + "m " + up.toSecondsPart() + "s"
        : up.toSeconds() + "s";
  }
}
