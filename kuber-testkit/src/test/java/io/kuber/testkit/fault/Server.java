package io.kuber.testkit.fault;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kuber.testkit.check.Change;
import io.kuber.testkit.check.ChangeLog;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running {@link StoreProcess}, from its start to its end. Any thread may ask it; what it says by
 * itself arrives on a thread of its own.
 */
final class Server {
  private static final Logger LOG = LoggerFactory.getLogger(Server.class);

  static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration EXIT = Duration.ofSeconds(30);
  private static final int LAST_LINES = 40;

  private final String name;
  private final Process process;
  private final Path errors;
  private final ChangeLog truth;
  private final AtomicLong numbers = new AtomicLong();
  private final Map<String, CompletableFuture<String>> waiting = new ConcurrentHashMap<>();
  private final Map<String, Consumer<String>> watchers = new ConcurrentHashMap<>();
  private final CompletableFuture<List<String>> hello = new CompletableFuture<>();
  private final CompletableFuture<String> ready = new CompletableFuture<>();
  private final CompletableFuture<String> fault = new CompletableFuture<>();
  private volatile boolean leads;
  private volatile long applied;

  private Server(String name, Process process, Path errors, ChangeLog truth) {
    this.name = name;
    this.process = process;
    this.errors = errors;
    this.truth = truth;
  }

  static Server start(String name, List<String> command, Path errors, ChangeLog truth) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()))
              .start();
      Server server = new Server(name, process, errors, truth);
      Thread reader = new Thread(server::read, "reads " + name);
      reader.setDaemon(true);
      reader.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read() {
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        heard(line);
      }
    } catch (IOException e) {
      fault.complete("cannot read: " + e);
    }
    IllegalStateException ended =
        new IllegalStateException(
            name
                + " has ended, because of \""
                + fault.getNow("")
                + "\", and said last:\n"
                + lastWords());
    ready.completeExceptionally(ended);
    hello.completeExceptionally(ended);
    fault.complete("");
    waiting.values().forEach(answer -> answer.completeExceptionally(ended));
    watchers.values().forEach(watcher -> watcher.accept("E"));
  }

  /** The end of what it wrote, which is gone with the test. */
  private String lastWords() {
    try {
      List<String> lines = Files.readAllLines(errors);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    } catch (IOException e) {
      return "nothing that can be read: " + e;
    }
  }

  private void heard(String line) {
    int space = line.indexOf(' ');
    String kind = space < 0 ? line : line.substring(0, space);
    String rest = line.substring(space + 1);
    switch (kind) {
      case "=" -> {
        String number = rest.substring(0, rest.indexOf(' '));
        CompletableFuture<String> answer = waiting.remove(number);
        if (answer != null) {
          answer.complete(rest.substring(number.length() + 1));
        }
      }
      case "D" -> changed(rest.split(" "));
      case "W", "B", "E" -> {
        String id = rest.split(" ")[0];
        Consumer<String> watcher = watchers.get(id);
        if (watcher != null) {
          watcher.accept(kind + rest.substring(id.length()));
        }
      }
      case "hello" -> hello.complete(List.of(rest.split(" ")));
      case "ready" -> ready.complete("ready");
      case "leads" -> leads = Boolean.parseBoolean(rest);
      case "refused" -> ready.complete("refused " + rest);
      case "fault" -> fault.complete(rest);
      default -> throw new IllegalStateException(name + " said " + line);
    }
  }

  private void changed(String[] words) {
    long revision = Long.parseLong(words[0]);
    synchronized (truth) {
      truth.add(name, new Change(revision, words[1], words[2].equals("deleted"), words[3]));
    }
    applied = Math.max(applied, revision);
  }

  /** Asks; the stage fails when the process ends before it has answered. */
  CompletableFuture<String> ask(String words) {
    String number = Long.toString(numbers.incrementAndGet());
    CompletableFuture<String> answer = new CompletableFuture<>();
    waiting.put(number, answer);
    try {
      OutputStream in = process.getOutputStream();
      synchronized (in) {
        in.write((number + " " + words + "\n").getBytes(UTF_8));
        in.flush();
      }
    } catch (IOException e) {
      answer.completeExceptionally(e);
    }
    if (!process.isAlive()) {
      answer.completeExceptionally(new IllegalStateException(name + " has ended"));
    }
    return answer;
  }

  /** The answer to a question that a test cannot do without. */
  String answer(String words) {
    return Await.result(name + ": " + words, PATIENCE, ask(words));
  }

  /** Opens a watch; whatever it says goes to {@code watcher}, and {@code E} at its end. */
  String watch(String id, String namespace, long after, Consumer<String> watcher) {
    watchers.put(id, watcher);
    try {
      return ask("watch " + id + " " + namespace + " " + after)
          .completeOnTimeout("silent", EXIT.toSeconds(), TimeUnit.SECONDS)
          .exceptionally(ended -> "ended")
          .join();
    } finally {
      if (!process.isAlive()) {
        watcher.accept("E");
      }
    }
  }

  void unwatch(String id) {
    watchers.remove(id);
    if (ask("unwatch " + id).isCompletedExceptionally()) {
      LOG.debug("{} has ended, and {} with it", name, id);
    }
  }

  String name() {
    return name;
  }

  /** Id, address for peers, group. */
  List<String> hello() {
    return Await.result(name + " says hello", PATIENCE, hello);
  }

  Server awaitReady() {
    String state = Await.result(name + " is ready", PATIENCE, ready);
    if (!state.equals("ready")) {
      throw new AssertionError(name + " " + state);
    }
    return this;
  }

  /** Why the process would not start. */
  String refusal() {
    String state = Await.result(name + " refuses", PATIENCE, ready);
    awaitExit();
    return state;
  }

  /** Why the process stopped itself. */
  String fault() {
    String why = Await.result(name + " stops", PATIENCE, fault);
    awaitExit();
    return why;
  }

  boolean isReady() {
    return isAlive() && ready.isDone() && !ready.isCompletedExceptionally();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  boolean leads() {
    return isAlive() && leads;
  }

  /** The newest change of which it told. */
  long applied() {
    return applied;
  }

  /** As by {@code kill -9}. */
  void kill() {
    signalKill();
    awaitExit();
  }

  /** The same without waiting for its end. */
  void signalKill() {
    process.destroyForcibly();
  }

  void pause() {
    signal("STOP");
  }

  void goOn() {
    signal("CONT");
  }

  private void signal(String name) {
    Shell.run("kill", "-" + name, Long.toString(process.pid()));
  }

  long pid() {
    return process.pid();
  }

  /** Ends in order. */
  void close() {
    answer("close");
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    awaitExit();
  }

  private void awaitExit() {
    try {
      if (!process.waitFor(EXIT.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError(name + " does not end");
      }
    } catch (InterruptedException e) {
      throw Await.interrupted(e);
    }
  }

  @Override
  public String toString() {
    return name + (isAlive() ? (leads ? " leads" : " follows") : " is gone") + " at " + applied;
  }

  static List<String> java(Class<?> main, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx256m",
            "-Dorg.slf4j.simpleLogger.showDateTime=true",
            "-cp",
            System.getProperty("java.class.path"),
            main.getName()));
    command.addAll(arguments);
    return command;
  }
}
