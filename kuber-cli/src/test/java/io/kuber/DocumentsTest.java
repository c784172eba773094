package io.kuber;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents that point nowhere are worse than none: every relative link has to lead to a file. */
class DocumentsTest {
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+)(#[^)]*)?\\)");

  /** A row of the flow table: its number, and at least one linked class. */
  private static final Pattern FLOW_ROW =
      Pattern.compile("^\\| *(\\d+) *\\|.*\\]\\([^)]+\\.java\\).*$", Pattern.MULTILINE);

  /** Documents with tables that rest on tests: what clients read, traps of the log, workloads. */
  private static final String COMPATIBILITY = "docs/compatibility.md";

  private static final String TRAPS = "docs/raft.md";

  private static final String WORKLOADS = "docs/workloads.md";

  private static final String STORIES = "docs/workloads-stories.md";

  private static final String NODE_STORIES = "docs/node-stories.md";

  private static final String NETWORKING_STORIES = "docs/networking-stories.md";

  private static final String SECURITY = "docs/security.md";

  /** A test class as those tables name it: without {@code io.kuber}. */
  private static final Pattern TEST_CLASS = Pattern.compile("`((?:[a-z0-9]+\\.)+[A-Z]\\w*Test)`");

  /** The same with one of its methods behind it. */
  private static final Pattern TEST_METHOD = Pattern.compile(TEST_CLASS + " \\(`(\\w+)`");

  private static final Path ROOT = root();

  @Test
  void everyRelativeLinkLeadsToAFile() {
    List<String> broken = new ArrayList<>();
    int links = 0;
    for (Path document : documents()) {
      Matcher link = LINK.matcher(text(document));
      while (link.find()) {
        if (link.group(1).contains("://")) {
          continue;
        }
        links++;
        if (!Files.exists(document.resolveSibling(link.group(1)))) {
          broken.add(ROOT.relativize(document) + " -> " + link.group(1));
        }
      }
    }
    assertThat(links).as("relative links in documents").isGreaterThan(40);
    assertThat(broken).as("links that lead nowhere").isEmpty();
  }

  @Test
  void theFlowHasElevenSteps() {
    List<String> steps =
        FLOW_ROW
            .matcher(text(ROOT.resolve("docs/ARCHITECTURE.md")))
            .results()
            .map(row -> row.group(1))
            .toList();
    assertThat(steps).containsExactly("1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        COMPATIBILITY,
        TRAPS,
        WORKLOADS,
        STORIES,
        NODE_STORIES,
        NETWORKING_STORIES,
        SECURITY
      })
  void everyTestThatADocumentRestsOnIsThere(String document) {
    List<String> named =
        TEST_CLASS
            .matcher(text(ROOT.resolve(document)))
            .results()
            .map(match -> match.group(1))
            .distinct()
            .toList();
    assertThat(named).as("tests that are named").hasSizeGreaterThan(10);
    assertThat(named).filteredOn(test -> !isThere(test)).as("tests that are not there").isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        COMPATIBILITY,
        TRAPS,
        WORKLOADS,
        STORIES,
        NODE_STORIES,
        NETWORKING_STORIES,
        SECURITY
      })
  void everyMethodThatADocumentNamesIsThere(String document) {
    List<String> missing = new ArrayList<>();
    int methods = 0;
    Matcher named = TEST_METHOD.matcher(text(ROOT.resolve(document)));
    while (named.find()) {
      methods++;
      String method = "void " + named.group(2) + "(";
      if (files(named.group(1)).noneMatch(file -> text(file).contains(method))) {
        missing.add(named.group(1) + "#" + named.group(2));
      }
    }
    assertThat(methods).as("methods that are named").isGreaterThan(8);
    assertThat(missing).as("methods that are not there").isEmpty();
  }

  private static boolean isThere(String test) {
    return files(test).findAny().isPresent();
  }

  /** Where a test is: in one of the modules. */
  private static Stream<Path> files(String test) {
    String file = "src/test/java/io/kuber/" + test.replace('.', '/') + ".java";
    return Stream.of("kuber-core", "kuber-server", "kuber-testkit", "kuber-cli")
        .map(module -> ROOT.resolve(module).resolve(file))
        .filter(Files::exists);
  }

  private static List<Path> documents() {
    try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
      List<Path> all =
          new ArrayList<>(docs.filter(file -> file.toString().endsWith(".md")).sorted().toList());
      all.add(ROOT.resolve("README.md"));
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /** The top of the source tree, from wherever in it the test runs. */
  private static Path root() {
    Path start = Path.of("").toAbsolutePath();
    for (Path at = start; at != null; at = at.getParent()) {
      if (Files.exists(at.resolve("docs/ARCHITECTURE.md"))) {
        return at;
      }
    }
    throw new IllegalStateException("no docs/ARCHITECTURE.md in " + start + " or above it");
  }
}
