package io.kuber.testkit.scenario;

import io.kuber.testkit.field.Document;
import io.kuber.testkit.field.Fields;
import io.kuber.testkit.node.NodeSettings;
import io.kuber.testkit.node.stage.Stage;
import io.kuber.testkit.node.stage.StageFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Scenarios in YAML. All that is refused is told at once, each with file, line and field, such as
 * {@code rush.yaml:12: steps[3].create.kind: there is no kind Deploiment, only ...}.
 */
public final class ScenarioFile {
  private static final long DEFAULT_SEED = 1;
  private static final String WITHOUT_POOLS = "is missing: a scenario needs nodes";

  private ScenarioFile() {}

  /** Reads a file. */
  public static Scenario read(Path file) throws IOException {
    return parse(file.toString(), Files.readString(file, StandardCharsets.UTF_8));
  }

  /**
   * Reads a scenario from a text.
   *
   * @param file what to call it when something is refused
   * @throws BadScenarioException when it cannot be played
   */
  public static Scenario parse(String file, String yaml) {
    Document document = Document.of(file, yaml);
    if (!document.isRight()) {
      throw new BadScenarioException(document.mistakes());
    }
    Scenario scenario = scenario(document.root(), file, yaml);
    document.root().checkAllRead();
    if (!document.isRight()) {
      throw new BadScenarioException(document.mistakes());
    }
    return scenario;
  }

  private static Scenario scenario(Fields fields, String file, String yaml) {
    String name = fields.text("name", file);
    long seed = fields.seed("seed", DEFAULT_SEED);
    Clock clock =
        fields.has("clock")
            ? fields.choice("clock", "clock", Clock.values()).orElse(Clock.REAL)
            : Clock.REAL;
    List<Pool> pools = pools(fields);
    List<Stage> stages = StageFile.stages(fields, "stages");
    List<Step> steps = steps(fields, pools);
    return new Scenario(name, seed, clock, pools, stages, steps, yaml);
  }

  private static List<Pool> pools(Fields fields) {
    List<Pool> pools = new ArrayList<>();
    Set<String> names = new HashSet<>();
    int nodes = 0;
    for (Fields each : fields.children("nodes")) {
      Pool pool = PoolFields.read(each);
      if (!names.add(pool.name())) {
        each.refuse("pool", "there is another pool " + pool.name());
      }
      nodes += pool.count();
      pools.add(pool);
    }
    if (pools.isEmpty()) {
      fields.refuse("nodes", WITHOUT_POOLS);
    }
    if (nodes > NodeSettings.MAX_COUNT) {
      fields.refuse(
          "nodes", "%,d nodes are more than %,d".formatted(nodes, NodeSettings.MAX_COUNT));
    }
    return pools;
  }

  private static List<Step> steps(Fields fields, List<Pool> pools) {
    StepFields reader = new StepFields(pools);
    for (Fields each : fields.children("steps")) {
      reader.read(each);
    }
    if (!fields.has("steps")) {
      fields.refuse("steps", "is missing: nothing would happen");
    }
    return reader.steps();
  }
}
