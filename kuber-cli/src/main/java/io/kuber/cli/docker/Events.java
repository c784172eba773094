package io.kuber.cli.docker;

import io.kuber.http.Headers;
import io.kuber.http.LocalSocketAnswer;
import io.kuber.json.Json;
import io.kuber.object.Tree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What happens in the engine. */
@Command(description = "Shows what happens in the engine, as it happens.")
final class Events extends DockerCommand {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.nnnnnnnnnXXX", Locale.ROOT);

  @Option(names = "--since", paramLabel = "TIME", description = "a moment, or how long ago")
  private String since = "";

  @Option(names = "--until", paramLabel = "TIME", description = "a moment, or how long ago")
  private String until = "";

  @Option(
      names = {"-f", "--filter"},
      paramLabel = "NAME=VALUE",
      description = "some of them")
  private List<String> filters = new ArrayList<>();

  @Option(names = "--format", paramLabel = "TEMPLATE", description = "other texts, or json")
  private String format = "";

  @Override
  int run() throws IOException {
    Instant now = Instant.now();
    Target target =
        Target.of("events")
            .with("since", Moments.of("--since", since, now))
            .with("until", Moments.of("--until", until, now))
            .with("filters", Pairs.filters(filters));
    try (LocalSocketAnswer answer = engine().open("GET", target, Headers.EMPTY)) {
      for (String line = Lines.next(answer.body());
          !line.isEmpty();
          line = Lines.next(answer.body())) {
        out().println(text(Json.parse(line.getBytes(StandardCharsets.UTF_8)), line));
        out().flush();
      }
    }
    return 0;
  }

  private String text(Tree event, String line) {
    if (format.equals("json")) {
      return line;
    }
    return format.isEmpty() ? text(event) : Template.parse(format).render(event);
  }

  /** As Docker writes it: time, type, action, id, and what else there is in the order of names. */
  static String text(Tree event) {
    long nanos = event.number(event.number(0, "time") * 1_000_000_000L, "timeNano");
    String attributes =
        new TreeMap<>(event.tree("Actor", "Attributes").texts())
            .entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(", "));
    return TIME.format(Instant.ofEpochSecond(0, nanos).atZone(ZoneId.systemDefault()))
        + " "
        + event.text("Type")
        + " "
        + event.text("Action")
        + " "
        + event.text("Actor", "ID")
        + (attributes.isEmpty() ? "" : " (" + attributes + ")");
  }
}
