package io.kuber.engine.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kuber.container.ProcessSpec;
import io.kuber.container.User;
import io.kuber.engine.StepRunner;
import io.kuber.engine.dockerfile.DockerfileException;
import io.kuber.engine.dockerfile.Expansion;
import io.kuber.engine.dockerfile.Ignored;
import io.kuber.engine.dockerfile.Instruction;
import io.kuber.engine.dockerfile.Settings;
import io.kuber.engine.dockerfile.Words;
import io.kuber.engine.wire.ProgressLines;
import io.kuber.linux.Syscalls;
import io.kuber.node.image.layer.ChangeArchive;
import io.kuber.node.image.layer.LayerLimits;
import io.kuber.node.image.registry.Digest;
import io.kuber.node.image.store.Provenance;
import io.kuber.node.image.store.StoredImage;
import io.kuber.object.Tree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Carries out the steps of a build, or finds what they came to the last time. */
final class Steps {
  /** Marks what a build has come to, besides what it came from. */
  static final String RESULT = "!";

  private final Images images;
  private final StepRunner runner;
  private final Workbench bench;
  private final BuildRequest request;
  private final ProgressLines lines;

  Steps(
      Images images,
      StepRunner runner,
      Workbench bench,
      BuildRequest request,
      ProgressLines lines) {
    this.images = images;
    this.runner = runner;
    this.bench = bench;
    this.request = request;
    this.lines = lines;
  }

  /** Whether an image is nothing but a step of a build. */
  static boolean isIntermediate(Provenance known) {
    return !known.step().isEmpty() && !known.step().startsWith(RESULT);
  }

  /** Says where the files of a copy come from. */
  @FunctionalInterface
  interface Source {
    FileView of(Instruction step, Optional<String> from) throws DockerfileException, IOException;
  }

  /** Makes the layer of a step. */
  @FunctionalInterface
  private interface Content {
    Optional<Workbench.Layer> make() throws IOException, InterruptedException;
  }

  private void say(String text) throws IOException {
    if (!request.quiet()) {
      lines.stream(text);
    }
  }

  /** A step that changes the configuration alone. */
  void settings(Stage stage, Settings next, String text) throws IOException, InterruptedException {
    step(stage, next, "/bin/sh -c #(nop)  " + text, "", Optional::empty);
  }

  private void step(Stage stage, Settings next, String createdBy, String extra, Content content)
      throws IOException, InterruptedException {
    String key = key(stage, createdBy + "\0" + extra + "\0" + next.config());
    Optional<StoredImage> known = request.cached() ? known(stage, key) : Optional.empty();
    if (known.isPresent()) {
      say(" ---> Using cache\n");
      stage.layers = bench.layersOf(known.get());
      stage.settings =
          new Settings(
              images.config(known.get()).without("rootfs"), next.hasOwnCommand(), next.escape());
      stage.image = known;
    } else {
      Optional<Workbench.Layer> layer = content.make();
      List<Workbench.Layer> layers = new ArrayList<>(stage.layers);
      layer.ifPresent(layers::add);
      String now = images.stock().now().toString();
      Tree entry = Tree.of("created", now, "created_by", createdBy);
      if (layer.isEmpty()) {
        entry = entry.with("empty_layer", true);
      }
      Tree config =
          next.tree()
              .with("created", now)
              .with("history", next.tree().items("history").plus(entry));
      StoredImage made = bench.image(config, layers, stage.parent(), key, List.of());
      stage.layers = List.copyOf(layers);
      stage.settings = new Settings(config, next.hasOwnCommand(), next.escape());
      stage.image = Optional.of(made);
    }
    say(" ---> " + Names.shortId(stage.image.orElseThrow().id().hex()) + "\n");
  }

  private static String key(Stage stage, String what) {
    String parent = stage.parent().map(Digest::toString).orElse("scratch");
    return Digest.sha256((parent + "\0" + what).getBytes(UTF_8)).hex();
  }

  private Optional<StoredImage> known(Stage stage, String key) {
    for (StoredImage each : images.stock().store().images()) {
      Optional<Provenance> known = images.provenance(each);
      boolean isSame =
          known.isPresent()
              && (known.get().step().equals(key) || known.get().step().equals(RESULT + key))
              && known.get().parent().equals(stage.parent());
      if (isSame) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }

  /** {@code WORKDIR}, which makes the directory. */
  void directory(Stage stage, Instruction step)
      throws DockerfileException, IOException, InterruptedException {
    Settings next = stage.settings.apply(step, stage.variables());
    FileView view = stage.view(images.stock());
    step(
        stage,
        next,
        "/bin/sh -c #(nop) WORKDIR " + next.config().text("WorkingDir"),
        "",
        () -> {
          List<String> path = view.resolve(next.config().text("WorkingDir"));
          if (path.isEmpty() || view.find(path).isPresent()) {
            return Optional.empty();
          }
          TarContent content = new TarContent(view, images.stock().now().getEpochSecond());
          return Optional.of(bench.layer(out -> content.writeDirectory(path, out)));
        });
  }

  /** {@code COPY} and {@code ADD}. */
  void copy(Stage stage, Instruction step, Source source, Ignored ignored)
      throws DockerfileException, IOException, InterruptedException {
    boolean isAdd = step.name().equals("ADD");
    Map<String, String> flags =
        step.flags(isAdd ? Set.of("chown", "chmod") : Set.of("chown", "chmod", "from"));
    if (!step.heredocs().isEmpty()) {
      throw step.fault("here-documents are supported in RUN alone");
    }
    List<String> words = new ArrayList<>();
    for (String word : step.list().orElseGet(() -> Words.plain(step.rest()))) {
      words.add(expand(stage, step, word));
    }
    if (words.size() < 2) {
      throw step.fault(
          step.name()
              + " requires at least two arguments, but only one was provided."
              + " Destination could not be determined.");
    }
    String last = words.remove(words.size() - 1);
    for (String each : words) {
      if (each.matches("(https?|ftp|git)://.*|git@.*")) {
        throw step.fault(
            step.name() + " " + each + ": addresses are not supported; fetch it with RUN");
      }
    }
    String target = stage.settings.absolute(last);
    boolean wantsDirectory = last.endsWith("/") || last.endsWith("/.") || last.equals(".");
    Optional<String> from = Optional.ofNullable(flags.get("from"));
    FileView view = stage.view(images.stock());
    Copy.Wish wish =
        new Copy.Wish(
            step,
            words,
            wantsDirectory ? target + "/" : target,
            isAdd,
            source.of(step, from),
            path -> from.isEmpty() && ignored.matches(path));
    Copy copy = Copy.plan(wish, view);
    TarContent.Owner owner = owner(stage, step, flags);
    String digest = copy.digest();
    step(
        stage,
        stage.settings,
        "/bin/sh -c #(nop) "
            + step.name()
            + " "
            + (String.join(" ", step.flags()) + " ").stripLeading()
            + (from.isPresent() ? "" : "file:")
            + digest
            + " in "
            + target
            + " ",
        owner.toString(),
        () ->
            Optional.of(
                bench.layer(
                    out ->
                        new TarContent(view, images.stock().now().getEpochSecond())
                            .write(copy, owner, out))));
  }

  private static String expand(Stage stage, Instruction step, String word)
      throws DockerfileException {
    try {
      return Expansion.expand(word, stage.settings.escape(), stage.variables());
    } catch (DockerfileException e) {
      throw step.fault(String.valueOf(e.getMessage()));
    }
  }

  private TarContent.Owner owner(Stage stage, Instruction step, Map<String, String> flags)
      throws DockerfileException, IOException {
    OptionalInt mode = OptionalInt.empty();
    if (flags.containsKey("chmod")) {
      String text = expand(stage, step, flags.getOrDefault("chmod", ""));
      if (!text.matches("[0-7]{1,4}")) {
        throw step.fault("--chmod=" + text + ": octal permissions are expected");
      }
      mode = OptionalInt.of(Integer.parseInt(text, 8));
    }
    if (!flags.containsKey("chown")) {
      return new TarContent.Owner(0, 0, mode);
    }
    String text = expand(stage, step, flags.getOrDefault("chown", ""));
    // A number alone is the group as well, unlike with USER.
    String both = text.matches("[0-9]+") ? text + ":" + text : text;
    User user = user(stage, step, both);
    return new TarContent.Owner(user.uid(), user.gid(), mode);
  }

  private User user(Stage stage, Instruction step, String text)
      throws DockerfileException, IOException {
    if (text.isEmpty()) {
      return User.ROOT;
    }
    String numbers = images.stock().userNumbers(text, stage.directories(images.stock()));
    if (!numbers.matches("[0-9]{1,9}:[0-9]{1,9}")) {
      throw step.fault("unable to find user " + text + ": no matching entries in passwd file");
    }
    int colon = numbers.indexOf(':');
    return new User(
        Integer.parseInt(numbers.substring(0, colon)),
        Integer.parseInt(numbers.substring(colon + 1)),
        List.of());
  }

  /** {@code RUN}. */
  void run(Stage stage, Instruction step)
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
    step(
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
    User user = user(stage, step, config.text("User"));
    environment.putIfAbsent("PATH", ProcessSpec.DEFAULT_PATH);
    if (user.uid() == 0) {
      environment.putIfAbsent("HOME", "/root");
    }
    for (String proxy : request.arguments().keySet()) {
      if (proxy.toLowerCase(java.util.Locale.ROOT).endsWith("_proxy")) {
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
    say(" ---> Running in " + id + "\n");
    try (BuildOutput output = new BuildOutput(request.quiet() ? silent() : lines)) {
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
      say("Removing intermediate container " + id + "\n");
    }
  }

  private static ProgressLines silent() {
    return new ProgressLines(java.io.OutputStream.nullOutputStream());
  }
}
