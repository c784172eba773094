package io.kuber.resource.custom;

import io.kuber.json.Yaml;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Problem;
import io.kuber.resource.Problems;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Trees of tests, written as YAML. */
final class Yamls {
  private Yamls() {}

  static Tree tree(String yaml) {
    return Yaml.parse(yaml.getBytes(StandardCharsets.UTF_8));
  }

  static KubeObject object(String yaml) {
    return KubeObject.of(tree(yaml));
  }

  static Structural schema(String yaml) {
    return Structural.of(tree(yaml));
  }

  static List<String> texts(Problems problems) {
    return problems.found().stream().map(Problem::toString).toList();
  }
}
