package io.kuber.engine.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kuber.container.ProcessSpec;
import io.kuber.container.User;
import io.kuber.engine.StepRunner;
import io.kuber.engine.dockerfile.DockerfileException;
import io.kuber.engine.dockerfile.Instruction;
import io.kuber.engine.dockerfile.Settings;
import io.kuber.linux.Syscalls;
import io.kuber.node.image.layer.ChangeArchive;
import io.kuber.node.image.layer.LayerLimits;
import io.kuber.node.image.registry.Digest;
import io.kuber.object.Tree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** {@code RUN}. */
record RunStep(
    Images images,
    StepRunner runner,
    Workbench bench,
    BuildRequest request,
    BuildNews news,
    Steps steps) {
  /** Takes the step. */
  void take(Stage stage, Instruction step)
      throws DockerfileException, IOException, InterruptedException {
    step.flags(Set.of());
    step.needsArguments();
    List<String> command = command(stage.settings, step);
    Map<String, String> environment = new LinkedHashMap<>(stage.variables());
    Tree config = stage.settings.config();
    ProcessSpec process = process(stage, step, command, environment, config);
    String shown = String.join(" ", command);
    String arguments =
        stage.arguments.isEmpty()
            ? ""
            : "|" + stage.arguments.size() + " " + join(stage.arguments) + " ";
    steps.take(
        stage,
        stage.settings,
        arguments + shown,
        request.network(),
        () -> Optional.of(changes(stage, process, shown)));
  }

  private static String join(Map<String, String> arguments) {
    return String.join(
        " ",
        arguments.entrySet().stream().map(each -> each.getKey() + "=" + each.getValue()).toList());
  }

  private static List<String> command(Settings settings, Instruction step) {
    Optional<List<String>> list = step.list();
    if (list.isPresent() && !list.get().isEmpty()) {
      return list.get();
    }
    List<String> words = new ArrayList<>(settings.shell());
    words.add(script(step));
    return words;
  }

  /** A here-document alone is the script; beside a command, the shell reads it. */
  private static String script(Instruction step) {
    if (step.heredocs().size() == 1 && step.rest().matches("<<-?\\s*(['\"]?)\\w+\\1")) {
      return step.heredocs().get(0).content();
    }
    StringBuilder script = new StringBuilder(step.rest());
    for (Instruction.Heredoc each : step.heredocs()) {
      script.append('\n').append(each.content()).append(each.name());
    }
    return script.toString();
  }

  private ProcessSpec process(
      Stage stage,
      Instruction step,
      List<String> command,
      Map<String, String> environment,
      Tree config)
      throws DockerfileException, IOException {
    User user = stage.user(images.stock(), step, config.text("User"));
    environment.putIfAbsent("PATH", ProcessSpec.DEFAULT_PATH);
    if (user.uid() == 0) {
      environment.putIfAbsent("HOME", "/root");
    }
    for (String proxy : request.arguments().keySet()) {
      if (proxy.toLowerCase(Locale.ROOT).endsWith("_proxy")) {
        environment.putIfAbsent(proxy, Objects.requireNonNull(request.arguments().get(proxy)));
      }
    }
    String directory = config.text("WorkingDir").isEmpty() ? "/" : config.text("WorkingDir");
    return new ProcessSpec(command, environment, directory, user, false, false);
  }

  private Workbench.Layer changes(Stage stage, ProcessSpec process, String shown)
      throws IOException, InterruptedException {
    List<Path> layers = new ArrayList<>(stage.directories(images.stock()));
    if (layers.isEmpty()) {
      layers.add(bench.directory("nothing"));
    }
    String id =
        Names.shortId(
            Digest.sha256((shown + System.identityHashCode(process)).getBytes(UTF_8)).hex());
    news.say(" ---> Running in " + id + "\n");
    try (BuildOutput output = news.output()) {
      Workbench.Layer layer =
          runner.run(
              layers,
              List.of(),
              process,
              request.network(),
              output,
              (code, changes) -> {
                if (code != 0) {
                  throw new StepException(shown, code);
                }
                return bench.layer(
                    out ->
                        ChangeArchive.write(Syscalls.linux(), changes, out, LayerLimits.DEFAULT));
              });
      return layer;
    } finally {
      news.say("Removing intermediate container " + id + "\n");
    }
  }
}
