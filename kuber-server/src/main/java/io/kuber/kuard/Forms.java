package io.kuber.kuard;

import static io.kuber.kuard.Page.card;
import static io.kuber.kuard.Page.live;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The tabs that one can act on: probes, DNS, key generation and work queues. */
final class Forms {
  private Forms() {}

  static Html probe(String title, Probe probe) {
    int failNext = probe.failNext();
    String state =
        failNext == 0
            ? "Succeeds"
            : failNext < 0 ? "Fails until told otherwise" : "Fails the next " + failNext;
    Html status = Html.of("<p class=\"state {}\">{}</p>", failNext == 0 ? "good" : "bad", state);
    String api = probe.path() + "/api";
    Html controls =
        Html.of(
            """
            {}<p>The kubelet asks <code>{}</code>.</p>
            <div class="row">
            <form data-method="PUT" data-api="{}"><input type="hidden" name="failNext" \
            data-type="number" value="0"><button>Succeed</button></form>
            <form data-method="PUT" data-api="{}"><input type="hidden" name="failNext" \
            data-type="number" value="-1"><button class="danger">Fail</button></form>
            <form data-method="PUT" data-api="{}"><label>next <input name="failNext" type="number" \
            min="1" max="1000000" value="3"> times</label><button class="danger">Fail</button></form>
            </div>
            """,
            live("state", status),
            probe.path(),
            api,
            api,
            api);
    return Html.of(
        "<div class=\"grid\">{}{}</div>",
        card(title, "", controls),
        card("Asked", "", live("history", asked(probe.history()))));
  }

  private static Html asked(List<Probe.Asked> history) {
    if (history.isEmpty()) {
      return Html.of("<p class=\"empty\">Nobody has asked yet.</p>");
    }
    Instant now = Instant.now();
    List<Html> rows = new ArrayList<>();
    for (Probe.Asked one : history) {
      rows.add(
          Html.of(
              "<tr><td>{}</td><td>{}</td><td>{}</td><td><b class=\"{}\">{}</b></td></tr>",
              one.id(),
              one.ago(now),
              one.client(),
              one.code() == 200 ? "good" : "bad",
              one.code()));
    }
    return Html.of(
        "<table><thead><tr><th>#</th><th>When</th><th>Client</th><th>Code</th></tr></thead>"
            + "<tbody>{}</tbody></table>",
        Html.join(rows));
  }

  static Html dns() {
    List<Html> types = new ArrayList<>();
    for (DnsType type : DnsType.values()) {
      types.add(Html.of("<option>{}</option>", type));
    }
    return card(
        "DNS query",
        "wide",
        Html.of(
            """
            <form class="row" data-method="POST" data-api="/dns/api" data-show="result">
            <label>Type <select name="type">{}</select></label>
            <label class="grow">Name <input name="name" value="kubernetes" maxlength="255" \
            spellcheck="false" autocapitalize="off"></label>
            <button>Ask</button>
            </form>
            <pre id="result">The answer will be shown here.</pre>
            """,
            Html.join(types)));
  }

  static Html keys(KeyGen keys) {
    KeyWork work = keys.work();
    Html form =
        Html.of(
            """
            <form class="fields" data-method="PUT" data-api="/keygen">
            {}{}{}{}{}{}
            <label class="check"><input type="checkbox" name="enable" {}> Generate keys</label>
            <label class="check"><input type="checkbox" name="exitOnComplete" {}> Exit when \
            done</label>
            <button>Apply</button>
            </form>
            """,
            number("Keys to generate (0: no limit)", "numToGen", work.count()),
            number("Seconds to run (0: no limit)", "timeToRun", work.seconds()),
            number("Bits of a key", "bits", work.bits()),
            number("Exit code", "exitCode", work.exitCode()),
            text("MemQ server", "memQServer", work.server()),
            text("MemQ queue", "memQQueue", work.queue()),
            checked(work.enable()),
            checked(work.exitOnComplete()));
    List<Html> lines = new ArrayList<>();
    keys.history().forEach(entry -> lines.add(Html.of("{}\n", entry.line())));
    Html output =
        Html.of(
            "<p class=\"state {}\">{}</p><pre>{}</pre>",
            keys.isRunning() ? "good" : "",
            (keys.isRunning() ? "Running, " : "Idle, ") + keys.keys() + " keys generated",
            lines.isEmpty() ? "No output yet." : Html.join(lines));
    return Html.of(
        "<div class=\"grid\">{}{}</div>",
        card("Workload", "", form),
        card("Output", "", live("output", output)));
  }

  static Html queues(List<WorkQueue.Stat> stats) {
    List<Html> rows = new ArrayList<>();
    for (WorkQueue.Stat stat : stats) {
      String api = "/memq/server/queues/" + UrlPath.encode(stat.name());
      rows.add(
          Html.of(
              "<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td>"
                  + "<td><div class=\"row\">{}{}{}{}</div></td></tr>",
              stat.name(),
              stat.depth(),
              stat.enqueued(),
              stat.dequeued(),
              stat.drained(),
              Views.button("Enqueue", "POST", api + "/enqueue"),
              Views.button("Dequeue", "POST", api + "/dequeue"),
              Views.button("Drain", "POST", api + "/drain"),
              Views.button("Delete", "DELETE", api)));
    }
    Html table =
        stats.isEmpty()
            ? Html.of("<p class=\"empty\">No queue yet.</p>")
            : Html.of(
                "<table><thead><tr><th>Queue</th><th>Depth</th><th>Enqueued</th><th>Dequeued</th>"
                    + "<th>Drained</th><th></th></tr></thead><tbody>{}</tbody></table>",
                Html.join(rows));
    Html create =
        Html.of(
            """
            <form class="row" data-method="PUT" data-api="/memq/server/queues/">
            <label class="grow">Name <input data-segment maxlength="128" required \
            spellcheck="false"></label><button>Create queue</button></form>
            """);
    return Html.of(
        "{}{}", card("Queues", "wide", live("queues", table)), card("New queue", "wide", create));
  }

  private static Html number(String label, String name, int value) {
    return Html.of(
        "<label>{} <input type=\"number\" min=\"0\" name=\"{}\" value=\"{}\"></label>",
        label,
        name,
        value);
  }

  private static Html text(String label, String name, String value) {
    return Html.of(
        "<label>{} <input name=\"{}\" value=\"{}\" spellcheck=\"false\"></label>",
        label,
        name,
        value);
  }

  private static Html checked(boolean isOn) {
    return new Html(isOn ? "checked" : "");
  }
}
