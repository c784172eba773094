package io.kuber.testkit.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A block of Java in a document, made into a test class.
 *
 * @param line of the document on which it begins
 * @param code what readers see
 */
record Snippet(int line, String code) {
  private static final Pattern TYPE = Pattern.compile("(?m)^(?:final )?class (\\w+)");

  /** What snippets may use without saying where it comes from. */
  private static final List<String> IMPORTS =
      List.of(
          "java.io.*",
          "java.nio.file.*",
          "java.time.*",
          "java.util.*",
          "io.fabric8.kubernetes.api.model.ConfigMapBuilder",
          "io.fabric8.kubernetes.api.model.ListOptions",
          "io.fabric8.kubernetes.api.model.ListOptionsBuilder",
          "io.fabric8.kubernetes.api.model.apps.*",
          "io.fabric8.kubernetes.client.KubernetesClient",
          "io.kuber.client.Client",
          "io.kuber.object.Tree",
          "io.kuber.resource.Resources",
          "io.kuber.server.trust.Identity",
          "io.kuber.view.Timestamps",
          "io.kuber.testkit.*",
          "io.kuber.testkit.certificate.*",
          "io.kuber.testkit.chaos.*",
          "io.kuber.testkit.fabric8.Fabric8",
          "io.kuber.testkit.history.*",
          "io.kuber.testkit.junit.*",
          "io.kuber.testkit.machine.*",
          "io.kuber.testkit.manifest.*",
          "io.kuber.testkit.node.*",
          "io.kuber.testkit.node.script.*",
          "io.kuber.testkit.node.stage.*",
          "io.kuber.testkit.server.*",
          "io.kuber.testkit.time.*",
          "io.kuber.testkit.webhook.*",
          "org.junit.jupiter.api.*",
          "static org.assertj.core.api.Assertions.assertThat",
          "static io.kuber.testkit.assertj.KuberAssertions.assertThat");

  /** What snippets that are no whole class have at hand. */
  private static final String AT_HAND =
      " final TestCluster cluster; final KubernetesClient client;"
          + " final Path directory = Path.of(System.getProperty(\"kuber.snippets\"));"
          + " final long seed = 7;"
          + " final String yaml = io.kuber.testkit.docs.SnippetsTest.YAML;"
          + " final Deployment deployment ="
          + " io.fabric8.kubernetes.client.utils.Serialization.unmarshal(yaml, Deployment.class);"
          + " Snippet(TestCluster cluster, KubernetesClient client)"
          + " { this.cluster = cluster; this.client = client; } ";

  /** The blocks of a document in Markdown that are Java. */
  static List<Snippet> of(String markdown) {
    List<Snippet> snippets = new ArrayList<>();
    List<String> lines = markdown.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).equals("```java")) {
        int end = lines.subList(i, lines.size()).indexOf("```") + i;
        snippets.add(new Snippet(i + 2, String.join("\n", lines.subList(i + 1, end))));
        i = end;
      }
    }
    return snippets;
  }

  private String packageName() {
    return "io.kuber.testkit.docs.line" + line;
  }

  /** The class that it is made into. */
  String className() {
    Matcher type = TYPE.matcher(code);
    return packageName() + "." + (type.find() ? type.group(1) : "Snippet");
  }

  /** A compilation unit in which each line of the snippet has the number of the document's. */
  String source() {
    StringBuilder source = new StringBuilder("package ").append(packageName()).append("; ");
    IMPORTS.forEach(name -> source.append("import ").append(name).append("; "));
    boolean isClass = TYPE.matcher(code).find();
    boolean isMethods = code.startsWith("@Test");
    if (!isClass) {
      source.append("@KuberTest(nodes = 3) class Snippet {").append(AT_HAND);
      source.append(isMethods ? "" : "@Test void runs() throws Exception {");
    }
    source.append("\n".repeat(line - 1)).append(code).append('\n');
    return source.append(isClass ? "" : isMethods ? "}" : "}}").toString();
  }
}
