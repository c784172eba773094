package io.kuber.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What custom resources cost those who write no rule: not one class of the expressions' library.
 */
class ExpressionClassesTest {
  private static final ResourceType NOTES =
      new ResourceType("a.example", "v1", "Note", "notes", "note", true, List.of(), List.of());

  /** Creates, changes and lists a custom resource; the argument is one more part of its schema. */
  static final class Work {
    private Work() {}

    /** Runs in a process of its own, which logs the classes that it loads. */
    public static void main(String[] args) {
      TestApi api = new TestApi();
      KubeObject definition =
          api.create(
              Resources.CUSTOM_RESOURCE_DEFINITIONS,
              "{metadata: {name: notes.a.example}, spec: {group: a.example, scope: Namespaced,"
                  + " names: {plural: notes, kind: Note}, versions: [{name: v1, served: true,"
                  + " storage: true, schema: {openAPIV3Schema: {type: object, properties: {size:"
                  + " {type: integer, "
                  + args[0]
                  + "}}}}}]}}");
      Tree status =
          definition
              .status()
              .with("acceptedNames", definition.spec().tree("names"))
              .with("conditions", Items.of(Tree.of("type", "Established", "status", "True")));
      api.update(
          Resources.CUSTOM_RESOURCE_DEFINITIONS, "status", definition.with(status, "status"));
      KubeObject note = api.create(NOTES, "{metadata: {name: a}, size: 1}");
      api.update(NOTES, "", note.with(2L, "size"));
    }
  }

  @ParameterizedTest
  @Timeout(120)
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {"minimum: 0 | false", "x-kubernetes-validations: [{rule: 'self > 0'}] | true"})
  void areLoadedOnlyForRules(String part, boolean loaded) throws IOException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Process process =
        new ProcessBuilder(
                java.toString(),
                "-Xlog:class+load",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Work.class.getName(),
                part)
            .redirectErrorStream(true)
            .start();
    String log = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.onExit().join().exitValue()).as(log).isZero();
    assertThat(log).contains("io.kuber.resource.custom.CustomRules");
    assertThat(log.contains(" dev.cel.")).isEqualTo(loaded);
  }
}
