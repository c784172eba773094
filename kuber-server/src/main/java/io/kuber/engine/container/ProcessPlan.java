package io.kuber.engine.container;

import io.kuber.container.ProcessSpec;
import io.kuber.engine.EngineException;
import io.kuber.node.image.ImageConfig;
import io.kuber.object.Items;
import io.kuber.object.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What runs in a container, of what its client and its image say; pure. */
final class ProcessPlan {
  private ProcessPlan() {}

  /**
   * The configuration with what the image says where the client says nothing: an entry point of the
   * client's leaves out the command of the image.
   */
  static Tree complete(Tree config, ImageConfig image) {
    Tree whole = config;
    boolean hasEntrypoint = hasWords(config, "Entrypoint");
    if (!hasEntrypoint) {
      whole = whole.with("Entrypoint", Items.copyOf(image.entrypoint()));
      if (!hasWords(config, "Cmd")) {
        whole = whole.with("Cmd", Items.copyOf(image.command()));
      }
    }
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("PATH", ProcessSpec.DEFAULT_PATH);
    environment.putAll(image.environment());
    environment.putAll(environment(config.items("Env")));
    return whole
        .with("Env", lines(environment))
        .with("WorkingDir", orElse(config.text("WorkingDir"), image.workingDirectory()))
        .with("User", orElse(config.text("User"), image.user()))
        .with("StopSignal", orElse(config.text("StopSignal"), image.stopSignal()))
        .withDefault("Labels", Tree.EMPTY);
  }

  /** An empty first word of an entry point takes away that of the image. */
  private static boolean hasWords(Tree config, String name) {
    return !config.items(name).isEmpty();
  }

  private static String orElse(String said, String otherwise) {
    return said.isEmpty() ? otherwise : said;
  }

  private static Items lines(Map<String, String> environment) {
    return Items.copyOf(
        environment.entrySet().stream().map(one -> one.getKey() + "=" + one.getValue()).toList());
  }

  /** Variables as {@code NAME=value}; one without a value is none. */
  static Map<String, String> environment(Items lines) {
    Map<String, String> environment = new LinkedHashMap<>();
    for (String line : lines.texts()) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        environment.put(line.substring(0, equals), line.substring(equals + 1));
      }
    }
    return environment;
  }

  /** What is executed, of an entry point and a command. */
  static List<String> words(Tree config) {
    List<String> command = new ArrayList<>(config.items("Entrypoint").texts());
    command.addAll(config.items("Cmd").texts());
    command.removeIf(String::isEmpty);
    return command;
  }

  /**
   * The first process of a container.
   *
   * @param config {@linkplain #complete complete}
   * @param account whom it runs as
   * @throws EngineException 400 when there is nothing to run
   */
  static ProcessSpec first(Tree config, String hostname, Account account) {
    List<String> command = words(config);
    if (command.isEmpty()) {
      throw EngineException.malformed("no command specified");
    }
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("HOSTNAME", hostname);
    environment.put("HOME", account.home());
    if (config.isTrue("Tty")) {
      environment.put("TERM", "xterm");
    }
    environment.putAll(environment(config.items("Env")));
    ProcessSpec process =
        new ProcessSpec(
            command,
            environment,
            orElse(config.text("WorkingDir"), "/"),
            account.user(),
            config.isTrue("Tty"),
            config.isTrue("OpenStdin"));
    boolean stays = config.isTrue("OpenStdin") && !config.isTrue("StdinOnce");
    return stays ? process.withStayingStdin() : process;
  }
}
