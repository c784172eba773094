package io.kuber.kuard;

import static io.kuber.kuard.Page.card;
import static io.kuber.kuard.Page.fact;
import static io.kuber.kuard.Page.facts;
import static io.kuber.kuard.Page.live;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** The tabs that only show: request, environment, memory and files. */
final class Views {
  private Views() {}

  /** What the client sent, as it came through Services and proxies. */
  static Html request(Call call) {
    return Html.of(
        "<div class=\"grid\">{}{}</div>",
        card(
            "Request",
            "",
            facts(
                List.of(
                    fact("Client", call.client()),
                    fact("Protocol", call.protocol()),
                    fact("Method", call.method()),
                    fact("URL", call.uri())))),
        card("As received", "", Html.of("<pre>{}</pre>", dump(call))));
  }

  static String dump(Call call) {
    StringBuilder out = new StringBuilder();
    out.append(call.method()).append(' ').append(call.uri()).append(' ').append(call.protocol());
    new TreeMap<>(call.headers())
        .forEach(
            (name, values) ->
                values.forEach(v -> out.append('\n').append(name).append(": ").append(v)));
    return out.toString();
  }

  static Html environment(Settings settings) {
    List<Html> rows = new ArrayList<>();
    new TreeMap<>(settings.environment()).forEach((name, value) -> rows.add(fact(name, value)));
    String line = String.join(" ", settings.commandLine());
    return Html.of(
        "{}{}",
        card("Command line", "wide", Html.of("<pre>{}</pre>", line)),
        card("Environment", "wide code", facts(rows)));
  }

  static Html memory(Memory memory) {
    Runtime jvm = Runtime.getRuntime();
    long limit = Memory.limit();
    long resident = Memory.resident();
    long scale = limit > 0 ? limit : Math.max(resident, 1L << 30);
    Html use =
        Html.of(
            "<meter min=\"0\" max=\"{}\" value=\"{}\" high=\"{}\"></meter>{}",
            scale,
            resident,
            scale / 10 * 8,
            facts(
                List.of(
                    fact("In memory", Page.size(resident)),
                    fact("Limit of the container", limit > 0 ? Page.size(limit) : "none"),
                    fact("Allocated here", Page.size(memory.held())),
                    fact("Java heap", Page.size(jvm.totalMemory() - jvm.freeMemory())))));
    Html buttons =
        Html.of(
            """
            <p>Taken memory counts against the container's limit. Beyond the limit the kernel \
            ends the process, and the pod shows OOMKilled.</p>
            <div class="row">{}{}{}{}</div>
            """,
            button("Take 10 MiB", "POST", "/mem/api/alloc?size=10485760"),
            button("Take 100 MiB", "POST", "/mem/api/alloc?size=104857600"),
            button("Take 500 MiB", "POST", "/mem/api/alloc?size=524288000"),
            button("Give back", "POST", "/mem/api/clear"));
    return Html.of(
        "<div class=\"grid\">{}{}</div>",
        card("Memory", "", live("memory", use)),
        card("Fill it", "", buttons));
  }

  static Html files(Call call, FileBrowser.Listing listing) {
    List<Html> rows = new ArrayList<>();
    rows.add(Html.of("<li><a class=\"dir\" href=\"../\">..</a></li>"));
    for (FileBrowser.Entry entry : listing.entries()) {
      String slash = entry.isDirectory() ? "/" : "";
      rows.add(
          Html.of(
              "<li><a class=\"{}\" href=\"./{}{}\">{}{}</a><span>{}</span></li>",
              entry.isDirectory() ? "dir" : "file",
              UrlPath.encode(entry.name()),
              slash,
              entry.name(),
              slash,
              entry.isDirectory() ? "" : Page.size(entry.size())));
    }
    String more =
        listing.isCut() ? "Only the first " + FileBrowser.MAX_ENTRIES + " are shown." : "";
    return card(
        "/" + call.name("*"),
        "wide code",
        Html.of("<ul class=\"files\">{}</ul><p>{}</p>", Html.join(rows), more));
  }

  /** A button that the page's script turns into one call of the API. */
  static Html button(String label, String method, String api) {
    return Html.of(
        "<form data-method=\"{}\" data-api=\"{}\"><button>{}</button></form>", method, api, label);
  }
}
