package io.kuber.boot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.api.RemoteProcess;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code stdin}, {@code stdinOnce} and {@code tty}, from inside real containers. */
@Execution(ExecutionMode.CONCURRENT)
final class StreamFieldsTest {
  @TempDir private static Path directory;

  @RegisterExtension private static final NodeBench BENCH = new NodeBench(() -> directory);

  private static final FieldReader READER = new FieldReader(BENCH);

  private static void type(String pod, boolean terminal, String text) throws IOException {
    try (RemoteProcess attached = BENCH.attach(pod, "main", true, terminal)) {
      attached.stdin().write(text.getBytes(UTF_8));
      attached.stdin().flush();
    }
  }

  private static void awaitLog(String pod, String text) {
    BENCH.awaitPod(pod, NodeBench::isReady);
    NodeBench.until(() -> BENCH.logs(pod, "main").contains(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''            | 'cat; echo end'                           | end",
        "''            | tty                                       | not a tty",
        "'tty: true'   | tty                                       | /dev/pts/0",
        "'tty: true'   | 'test -t 0 && test -t 1 && test -t 2 && echo all' | all",
        "'tty: true'   | 'echo $TERM'                              | xterm",
      })
  void hasTheStreamsThatItAskedFor(String fields, String script, String expected) {
    assertThat(READER.read("", fields, script)).isEqualTo(expected);
  }

  @Test
  void readsTheEndWhenTheFirstWriterHasGone() throws IOException {
    String pod = READER.start("", "stdin: true, stdinOnce: true", "echo ready; cat; echo end");
    awaitLog(pod, "ready");
    type(pod, false, "hello\n");
    assertThat(BENCH.awaitOutput(pod)).isEqualTo("ready\nhello\nend\n");
  }

  @Test
  void goesOnReadingFromOneWriterToTheNext() throws IOException {
    String pod =
        READER.start("", "stdin: true", "echo ready; read a; echo $a; read b; echo $b; echo end");
    awaitLog(pod, "ready");
    type(pod, false, "one\n");
    NodeBench.until(() -> BENCH.logs(pod, "main").contains("one"));
    type(pod, false, "two\n");
    assertThat(BENCH.awaitOutput(pod)).isEqualTo("ready\none\ntwo\nend\n");
  }

  @Test
  void typesAtATerminalOfAnySize() throws IOException {
    String pod =
        READER.start(
            "", "stdin: true, tty: true", "echo ready; read answer; stty size; echo [$answer]");
    awaitLog(pod, "ready");
    try (RemoteProcess attached = BENCH.attach(pod, "main", true, true)) {
      attached.resize(132, 43);
      attached.stdin().write("yes\r".getBytes(UTF_8));
      attached.stdin().flush();
      assertThat(BENCH.awaitOutput(pod)).contains("43 132").contains("[yes]");
    }
  }
}
