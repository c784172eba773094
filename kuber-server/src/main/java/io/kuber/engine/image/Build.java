package io.kuber.engine.image;

import io.kuber.engine.EngineException;
import io.kuber.engine.StepRunner;
import io.kuber.engine.dockerfile.Dockerfile;
import io.kuber.engine.dockerfile.DockerfileException;
import io.kuber.engine.dockerfile.Expansion;
import io.kuber.engine.dockerfile.Ignored;
import io.kuber.engine.dockerfile.Instruction;
import io.kuber.engine.dockerfile.Settings;
import io.kuber.engine.wire.ProgressLines;
import io.kuber.node.image.PullNews;
import io.kuber.node.image.registry.ImageReference;
import io.kuber.node.image.store.Provenance;
import io.kuber.node.image.store.StoredImage;
import io.kuber.object.Items;
import io.kuber.object.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes an image of a Dockerfile and its context, step by step. Belongs to one thread. */
final class Build {
  private static final int LARGEST_DOCKERFILE = 1 << 20;

  /** Arguments that need no {@code ARG}. */
  private static final Set<String> KNOWN_ARGUMENTS =
      Set.of(
          "HTTP_PROXY",
          "http_proxy",
          "HTTPS_PROXY",
          "https_proxy",
          "FTP_PROXY",
          "ftp_proxy",
          "NO_PROXY",
          "no_proxy",
          "ALL_PROXY",
          "all_proxy");

  private final Images images;
  private final Workbench bench;
  private final Path context;
  private final BuildRequest request;
  private final ProgressLines lines;
  private final List<Stage> stages = new ArrayList<>();
  private final Map<String, String> global = new LinkedHashMap<>();
  private final Set<String> consumed = new HashSet<>();
  private final Steps steps;
  private Ignored ignored = Ignored.parse("");

  Build(
      Images images,
      StepRunner runner,
      Workbench bench,
      Path context,
      BuildRequest request,
      ProgressLines lines) {
    this.images = images;
    this.bench = bench;
    this.context = context;
    this.request = request;
    this.lines = lines;
    this.steps = new Steps(images, runner, bench, request, lines);
  }

  /**
   * Builds.
   *
   * @throws DockerfileException when the Dockerfile is wrong
   * @throws StepException when a command of it fails
   */
  StoredImage run() throws DockerfileException, IOException, InterruptedException {
    List<ImageReference> tags = request.tags().stream().map(Names::parse).toList();
    Dockerfile file = Dockerfile.parse(text(request.dockerfile(), true));
    ignored = ignored();
    List<Instruction> todo = upToTarget(withLabels(file));
    if (todo.stream().noneMatch(step -> step.name().equals("FROM"))) {
      throw new DockerfileException(
          todo.isEmpty() ? "file with no instructions" : "no build stage in current context");
    }
    for (int i = 0; i < todo.size(); i++) {
      Instruction step = todo.get(i);
      say("Step " + (i + 1) + "/" + todo.size() + " : " + step.text() + "\n");
      take(step, file.escape());
    }
    Stage last = stages.get(stages.size() - 1);
    StoredImage made =
        last.image.orElseThrow(
            () -> new DockerfileException("no image was generated. Is your Dockerfile empty?"));
    finish(made);
    warn();
    say("Successfully built " + Names.shortId(made.id().hex()) + "\n");
    for (ImageReference tag : tags) {
      images.tag(images.get(made.id().toString()), tag);
      say("Successfully tagged " + Names.familiar(tag) + "\n");
    }
    return made;
  }

  private void say(String text) throws IOException {
    if (!request.quiet()) {
      lines.stream(text);
    }
  }

  /** The image is more than a step now: lists show it, whether it has a name or not. */
  private void finish(StoredImage made) throws IOException {
    Optional<Provenance> known = images.provenance(made);
    if (known.isPresent() && Steps.isIntermediate(known.get())) {
      Provenance step = known.get();
      images
          .stock()
          .store()
          .describe(
              made.id(),
              new Provenance(
                  step.config(), step.manifest(), step.parent(), Steps.RESULT + step.step()));
    }
    lines.aux(Tree.of("ID", made.id().toString()));
  }

  private void warn() throws IOException {
    List<String> unused =
        request.arguments().keySet().stream()
            .filter(name -> !consumed.contains(name) && !KNOWN_ARGUMENTS.contains(name))
            .sorted()
            .toList();
    if (!unused.isEmpty()) {
      say("[Warning] One or more build-args " + unused + " were not consumed\n");
    }
  }

  private String text(String name, boolean isNeeded) throws IOException, DockerfileException {
    FileView view = new FileView(List.of(context));
    Optional<Path> file = view.find(view.resolve(name));
    if (file.isEmpty() || !Files.isRegularFile(file.get(), LinkOption.NOFOLLOW_LINKS)) {
      if (isNeeded) {
        throw new DockerfileException("Cannot locate specified Dockerfile: " + name);
      }
      return "";
    }
    if (Files.size(file.get()) > LARGEST_DOCKERFILE) {
      throw new DockerfileException(name + " has more than " + LARGEST_DOCKERFILE + " bytes");
    }
    return Files.readString(file.get());
  }

  private Ignored ignored() throws IOException, DockerfileException {
    try {
      return Ignored.parse(text(".dockerignore", false));
    } catch (IllegalArgumentException e) {
      throw new DockerfileException(".dockerignore: " + e.getMessage());
    }
  }

  private List<Instruction> withLabels(Dockerfile file) throws DockerfileException {
    List<Instruction> all = new ArrayList<>(file.instructions());
    if (!request.labels().isEmpty()) {
      StringBuilder text = new StringBuilder("LABEL");
      request.labels().entrySet().stream()
          .sorted(Map.Entry.comparingByKey())
          .forEach(
              label ->
                  text.append(" '")
                      .append(label.getKey().replace("'", "'\"'\"'"))
                      .append("'='")
                      .append(label.getValue().replace("'", "'\"'\"'"))
                      .append('\''));
      all.add(Dockerfile.instruction(0, text.toString(), List.of()));
    }
    return all;
  }

  /** The stages up to the one that is wanted; labels of the request are the last instruction. */
  private List<Instruction> upToTarget(List<Instruction> all) throws DockerfileException {
    if (request.target().isEmpty()) {
      return all;
    }
    int stage = -1;
    int end = -1;
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).name().equals("FROM")) {
        if (end >= 0) {
          List<Instruction> some = new ArrayList<>(all.subList(0, i));
          if (!request.labels().isEmpty()) {
            some.add(all.get(all.size() - 1));
          }
          return some;
        }
        stage++;
        if (request.target().equalsIgnoreCase(From.parse(all.get(i)).name())
            || request.target().equals(Integer.toString(stage))) {
          end = i;
        }
      }
    }
    if (end < 0) {
      throw new DockerfileException(
          "failed to reach build target " + request.target() + " in Dockerfile");
    }
    return all;
  }

  private void take(Instruction step, char escape)
      throws DockerfileException, IOException, InterruptedException {
    if (step.name().equals("FROM")) {
      from(step, escape);
    } else if (stages.isEmpty()) {
      if (!step.name().equals("ARG")) {
        throw step.fault(
            "No build stage in current context: " + step.name() + " stands before FROM");
      }
      global.putAll(
          Arguments.declare(step, escape, global, Map.of(), request.arguments(), consumed));
    } else {
      within(step);
    }
  }

  private void within(Instruction step)
      throws DockerfileException, IOException, InterruptedException {
    Stage stage = stages.get(stages.size() - 1);
    switch (step.name()) {
      case "ARG" -> {
        stage.arguments.putAll(
            Arguments.declare(
                step,
                stage.settings.escape(),
                stage.variables(),
                global,
                request.arguments(),
                consumed));
        steps.settings(stage, stage.settings, "ARG " + step.rest());
      }
      case "RUN" -> steps.run(stage, step);
      case "COPY", "ADD" -> steps.copy(stage, step, this::source, ignored);
      case "WORKDIR" -> steps.directory(stage, step);
      default -> {
        Settings next = stage.settings.apply(step, stage.variables());
        steps.settings(stage, next, shown(step, next.config()));
      }
    }
  }

  /** A command is told as the list that it has become. */
  private static String shown(Instruction step, Tree config) {
    Map<String, String> fields = Map.of("CMD", "Cmd", "ENTRYPOINT", "Entrypoint");
    String field = fields.get(step.name());
    return field == null
        ? step.text()
        : step.name()
            + " ["
            + String.join(
                " ",
                config.items(field).texts().stream()
                    .map(word -> '"' + word.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                    .toList())
            + "]";
  }

  /** What {@code --from} names: a stage, by name or number, or an image. */
  private FileView source(Instruction step, Optional<String> from)
      throws DockerfileException, IOException {
    if (from.isEmpty()) {
      return new FileView(List.of(context));
    }
    Optional<Stage> stage = stage(from.get(), stages.size() - 1);
    if (stage.isPresent()) {
      return stage.get().view(images.stock());
    }
    if (from.get().matches("[0-9]+")) {
      throw step.fault("invalid from flag value " + from.get() + ": no such stage before this one");
    }
    StoredImage image = base(step, from.get());
    bench.layersOf(image);
    return new FileView(images.stock().image(image, from.get()).layers());
  }

  private Optional<Stage> stage(String name, int before) {
    for (int i = 0; i < before; i++) {
      if (name.equalsIgnoreCase(stages.get(i).name) || name.equals(Integer.toString(i))) {
        return Optional.of(stages.get(i));
      }
    }
    return Optional.empty();
  }

  private void from(Instruction step, char escape)
      throws DockerfileException, IOException, InterruptedException {
    From from = From.parse(step);
    String name;
    try {
      ImageEndpoints.checkPlatform(
          Expansion.expand(from.platform(), escape, Arguments.withPlatform(global)));
      name = Expansion.expand(from.image(), escape, global);
    } catch (DockerfileException e) {
      throw step.fault(String.valueOf(e.getMessage()));
    }
    if (name.isBlank()) {
      throw step.fault("base name (" + from.image() + ") should not be blank");
    }
    Optional<Stage> earlier = stage(name, stages.size());
    if (name.equals("scratch")) {
      Settings empty = new Settings(Configs.platform().put("config", Tree.EMPTY).build());
      stages.add(new Stage(from.name(), escaped(empty, escape), List.of(), Optional.empty()));
      say(" ---> \n");
      return;
    }
    StoredImage image =
        earlier.isPresent()
            ? earlier.get().image.orElseThrow(() -> step.fault("stage " + name + " is empty"))
            : base(step, name);
    Settings settings = new Settings(images.config(image).without("rootfs"));
    stages.add(
        new Stage(
            from.name(), escaped(settings, escape), bench.layersOf(image), Optional.of(image)));
    say(" ---> " + Names.shortId(image.id().hex()) + "\n");
    triggers(step, settings.config().items("OnBuild").texts());
  }

  private static Settings escaped(Settings settings, char escape) {
    return new Settings(settings.tree(), false, escape);
  }

  private void triggers(Instruction from, List<String> texts)
      throws DockerfileException, IOException, InterruptedException {
    if (texts.isEmpty()) {
      return;
    }
    say("# Executing " + texts.size() + " build trigger" + (texts.size() == 1 ? "" : "s") + "\n");
    Stage stage = stages.get(stages.size() - 1);
    stage.settings = stage.settings.with("OnBuild", Items.EMPTY);
    for (String text : texts) {
      within(Dockerfile.instruction(from.line(), text, List.of()));
    }
  }

  private StoredImage base(Instruction step, String name) throws DockerfileException, IOException {
    Optional<StoredImage> here = images.lookUp(name);
    if (here.isPresent() && !request.pulls()) {
      return here.get();
    }
    ImageReference wanted = Names.parse(name);
    PullNews news =
        new PullNews() {
          @Override
          public boolean keepsArchives() {
            return true;
          }
        };
    try {
      say("Pulling " + Names.familiar(wanted) + "\n");
      return images.stock().pull(wanted, request.keyring(), news);
    } catch (IOException e) {
      throw new EngineException(404, step.text() + ": " + e.getMessage(), e);
    }
  }
}
