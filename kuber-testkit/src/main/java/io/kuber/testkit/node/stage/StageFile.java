package io.kuber.testkit.node.stage;

import com.google.common.collect.ImmutableSortedSet;
import io.kuber.selector.LabelSelector;
import io.kuber.testkit.field.Document;
import io.kuber.testkit.field.Fields;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Stages in YAML: a list under {@code stages}. All that is refused is told at once, each with file,
 * line and field, such as {@code pods.yaml:7: stages[2].delay: -5s is negative}.
 */
public final class StageFile {
  private static final ImmutableSortedSet<String> POLICIES =
      ImmutableSortedSet.of("Always", "Never", "OnFailure");

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
    Document document = Document.of(file, yaml);
    if (document.isRight() && document.root().isEmpty()) {
      document.root().refuse("stages", "there is no list of stages");
    }
    List<Stage> stages = stages(document.root(), "stages");
    document.root().checkAllRead();
    if (!document.isRight()) {
      throw new BadStageException(document.mistakes());
    }
    return stages;
  }

  /** The stages that stand in a field of any document; those that are refused are left out. */
  public static List<Stage> stages(Fields fields, String field) {
    List<Stage> stages = new ArrayList<>();
    for (Fields each : fields.children(field)) {
      stage(each).ifPresent(stages::add);
    }
    return List.copyOf(stages);
  }

  private static Optional<Stage> stage(Fields fields) {
    Optional<PodState> from = fields.choice("from", "state", PodState.values());
    Optional<PodState> to = fields.choice("to", "state", PodState.values());
    Match match = match(fields);
    Wait wait =
        new Wait.Time(
            fields.duration("delay", Duration.ZERO), fields.duration("jitter", Duration.ZERO));
    int exitCode = fields.number("exitCode", 0, 0, Stage.Outcome.MAX_EXIT_CODE);
    String name = fields.text("name", "");
    Stage.Outcome outcome = new Stage.Outcome(exitCode, fields.text("message", ""));
    Optional<Stage.Mishap> mishap = mishap(fields);
    fields.checkAllRead();
    if (from.isEmpty() || to.isEmpty() || mishap.isEmpty()) {
      return Optional.empty();
    }
    String called = name.isEmpty() ? from.get() + " to " + to.get() : name;
    try {
      return Optional.of(
          new Stage(called, match, from.get(), to.get(), wait, outcome, mishap.get()));
    } catch (BadStageException bad) {
      fields.refuse(bad.field(), bad.reason());
      return Optional.empty();
    }
  }

  private static Match match(Fields fields) {
    Map<String, String> labels = fields.texts("labels");
    return Match.ALL
        .with(labels.isEmpty() ? LabelSelector.EVERYTHING : LabelSelector.ofLabels(labels))
        .in(fields.text("namespace", ""))
        .ownedBy(fields.text("owner", ""))
        .restarting(fields.different("restartPolicies", POLICIES));
  }

  private static Optional<Stage.Mishap> mishap(Fields fields) {
    Fields failure = fields.child("failure");
    if (failure.isEmpty()) {
      return Optional.of(Stage.Mishap.NEVER);
    }
    double rate = failure.rate("rate");
    Optional<PodState> to = failure.choice("to", "state", PodState.values());
    failure.checkAllRead();
    return to.map(state -> new Stage.Mishap(rate, state));
  }
}
