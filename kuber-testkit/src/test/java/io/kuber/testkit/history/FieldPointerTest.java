package io.kuber.testkit.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.kuber.json.Yaml;
import io.kuber.object.Tree;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FieldPointerTest {
  private static final Tree POD =
      Yaml.parse(
          """
          metadata: {labels: {app: web, app.kubernetes.io/name: shop}}
          spec:
            replicas: 3
            containers:
            - {name: web, image: web:1, args: [a, b]}
            - {name: log, image: log:2}
          """
              .getBytes(StandardCharsets.UTF_8));

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          spec.replicas                                | 3
          $.spec.replicas                              | 3
          metadata.labels.app                          | web
          metadata.labels['app.kubernetes.io/name']    | shop
          spec.containers[1].image                     | log:2
          spec.containers[name=log].image              | log:2
          $.spec.containers[name=web].args[1]          | b
          """,
      delimiter = '|')
  void leadsToField(String path, String value) {
    assertThat(FieldPointer.of(path).in(POD)).hasToString("Optional[" + value + "]");
  }

  @ParameterizedTest
  @CsvSource({
    "spec.absent",
    "spec.containers[2].image",
    "spec.containers[name=db]",
    "spec.replicas.more",
    "metadata[0]"
  })
  void leadsNowhereWhereNothingIs(String path) {
    assertThat(FieldPointer.of(path).in(POD)).isEmpty();
  }

  @Test
  void saysWhatItCannotRead() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FieldPointer.of("spec.containers[name"))
        .withMessage("\"spec.containers[name\" is no path of a field: cannot read \"[name\"");
    assertThatIllegalArgumentException().isThrownBy(() -> FieldPointer.of("$"));
  }
}
