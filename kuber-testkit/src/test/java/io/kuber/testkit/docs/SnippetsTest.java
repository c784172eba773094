package io.kuber.testkit.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.discovery.ClassSelector;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;
import org.junit.platform.launcher.listeners.TestExecutionSummary.Failure;

/** Every snippet of docs/testkit.md compiles, runs as a test, and holds. */
public final class SnippetsTest {
  /** What snippets that create something create. */
  public static final String YAML =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: web, namespace: default}
      spec:
        replicas: 3
        selector: {matchLabels: {app: web}}
        template:
          metadata: {labels: {app: web}}
          spec: {containers: [{name: web, image: "shop:1"}]}
      """;

  private static final String DOCUMENT = "docs/testkit.md";
  private static final String FILE = "<!-- file: ";

  private static Path document() {
    return Stream.iterate(Path.of("").toAbsolutePath(), Objects::nonNull, Path::getParent)
        .map(directory -> directory.resolve(DOCUMENT))
        .filter(Files::exists)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no " + DOCUMENT + " above this directory"));
  }

  /** Writes the blocks that are files of that name, as a comment before them says. */
  private static void writeFiles(String markdown, Path directory) throws IOException {
    List<String> lines = markdown.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith(FILE)) {
        String name = lines.get(i).substring(FILE.length()).replace("-->", "").strip();
        int end = lines.subList(i + 2, lines.size()).indexOf("```") + i + 2;
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, String.join("\n", lines.subList(i + 2, end)) + "\n");
      }
    }
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(Snippet snippet) {
      super(
          URI.create("string:///" + snippet.className().replace('.', '/') + ".java"), Kind.SOURCE);
      this.text = snippet.source();
    }

    @Override
    public CharSequence getCharContent(boolean ignoreErrors) {
      return text;
    }
  }

  private static List<String> compile(List<Snippet> snippets, Path classes) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    compiler
        .getTask(
            new StringWriter(),
            null,
            found,
            List.of("-proc:none", "-parameters", "-d", classes.toString(), "-cp", classPath),
            null,
            snippets.stream().map(Source::new).toList())
        .call();
    return found.getDiagnostics().stream()
        .filter(each -> each.getKind() == Diagnostic.Kind.ERROR)
        .map(each -> DOCUMENT + ":" + each.getLineNumber() + ": " + each.getMessage(null))
        .toList();
  }

  private static TestExecutionSummary run(List<Snippet> snippets, Path classes) throws Exception {
    URL[] urls = {classes.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(urls, SnippetsTest.class.getClassLoader())) {
      List<ClassSelector> tests = new ArrayList<>();
      for (Snippet snippet : snippets) {
        tests.add(selectClass(loader.loadClass(snippet.className())));
      }
      SummaryGeneratingListener listener = new SummaryGeneratingListener();
      LauncherFactory.create()
          .execute(LauncherDiscoveryRequestBuilder.request().selectors(tests).build(), listener);
      return listener.getSummary();
    }
  }

  private static String told(Failure failure) {
    int line =
        Stream.iterate(failure.getException(), Objects::nonNull, Throwable::getCause)
            .flatMap(cause -> Arrays.stream(cause.getStackTrace()))
            .filter(frame -> frame.getClassName().startsWith("io.kuber.testkit.docs.line"))
            .map(StackTraceElement::getLineNumber)
            .findFirst()
            .orElse(0);
    return DOCUMENT + ":" + line + ": " + failure.getException();
  }

  @Test
  void compileAndHold(@TempDir Path classes, @TempDir Path files) throws Exception {
    String markdown = Files.readString(document());
    List<Snippet> snippets = Snippet.of(markdown);
    assertThat(snippets).hasSizeGreaterThan(8);
    assertThat(compile(snippets, classes)).isEmpty();
    writeFiles(markdown, files);
    System.setProperty("kuber.snippets", files.toString());
    try {
      TestExecutionSummary summary = run(snippets, classes);
      assertThat(summary.getFailures().stream().map(SnippetsTest::told)).isEmpty();
      assertThat(summary.getTestsSucceededCount()).isGreaterThanOrEqualTo(snippets.size());
    } finally {
      System.clearProperty("kuber.snippets");
    }
  }

  @Test
  void tellsTheLineOfAMistake(@TempDir Path classes) {
    List<Snippet> snippets =
        Snippet.of("# Title\n\n```java\nint one = 1;\nint two = \"2\";\n```\n");
    assertThat(compile(snippets, classes))
        .singleElement()
        .asString()
        .startsWith(DOCUMENT + ":5: incompatible types");
  }
}
