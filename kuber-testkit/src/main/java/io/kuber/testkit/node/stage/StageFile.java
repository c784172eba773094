package io.kuber.testkit.node.stage;

import io.kuber.json.MalformedException;
import io.kuber.json.Yaml;
import io.kuber.object.Items;
import io.kuber.object.Tree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Stages in YAML: a list under {@code stages}. What is refused is told with the file and the line,
 * or the field, such as {@code pods.yaml: stages[2].delay: -5s is negative}.
 */
public final class StageFile {
  private StageFile() {}

  /** Reads a file. */
  public static List<Stage> read(Path file) throws IOException {
    return parse(file.toString(), Files.readString(file, StandardCharsets.UTF_8));
  }

  /**
   * Reads stages from a text.
   *
   * @param file what to call it when something is refused
   * @throws BadStageException when the text is not YAML or a stage makes no sense
   */
  public static List<Stage> parse(String file, String yaml) {
    try {
      Fields fields = new Fields("", Yaml.parse(yaml.getBytes(StandardCharsets.UTF_8)));
      Items items = fields.list("stages");
      fields.checkAllRead();
      List<Stage> stages = new ArrayList<>();
      for (int i = 0; i < items.size(); i++) {
        stages.add(stage("stages[" + i + "]", items.get(i)));
      }
      return List.copyOf(stages);
    } catch (MalformedException | BadStageException bad) {
      throw new BadStageException(file + ": " + bad.getMessage());
    }
  }

  private static Stage stage(String path, Object value) {
    if (!(value instanceof Tree tree)) {
      throw new BadStageException(path + ": " + value + " is not an object");
    }
    Fields fields = new Fields(path + ".", tree);
    PodState from = fields.state("from");
    PodState to = fields.state("to");
    Match match = match(fields);
    Wait wait = new Wait.Time(fields.duration("delay"), fields.duration("jitter"));
    int exitCode = fields.number("exitCode");
    String name = fields.text("name", from + " to " + to);
    String message = fields.text("message", "");
    Stage.Mishap mishap = mishap(fields);
    fields.checkAllRead();
    try {
      return new Stage(name, match, from, to, wait, new Stage.Outcome(exitCode, message), mishap);
    } catch (BadStageException bad) {
      throw new BadStageException(path + "." + bad.getMessage());
    }
  }

  private static Match match(Fields fields) {
    return Match.ALL
        .with(fields.labels("labels"))
        .in(fields.text("namespace", ""))
        .ownedBy(fields.text("owner", ""))
        .restarting(fields.restartPolicies("restartPolicies"));
  }

  private static Stage.Mishap mishap(Fields fields) {
    Fields failure = fields.child("failure");
    if (failure.isEmpty()) {
      return Stage.Mishap.NEVER;
    }
    double rate = failure.rate("rate");
    PodState to = failure.state("to");
    failure.checkAllRead();
    return new Stage.Mishap(rate, to);
  }
}
