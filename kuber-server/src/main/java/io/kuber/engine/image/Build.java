package io.kuber.engine.image;

import io.kuber.engine.StepRunner;
import io.kuber.engine.dockerfile.Dockerfile;
import io.kuber.engine.dockerfile.DockerfileException;
import io.kuber.engine.dockerfile.Expansion;
import io.kuber.engine.dockerfile.Ignored;
import io.kuber.engine.dockerfile.Instruction;
import io.kuber.engine.dockerfile.Settings;
import io.kuber.engine.wire.ProgressLines;
import io.kuber.node.image.registry.ImageReference;
import io.kuber.node.image.store.Provenance;
import io.kuber.node.image.store.StoredImage;
import io.kuber.object.Items;
import io.kuber.object.Tree;
import java.io.IOException;
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
  private final BuildNews news;
  private final List<Stage> stages = new ArrayList<>();
  private final Map<String, String> global = new LinkedHashMap<>();
  private final Set<String> consumed = new HashSet<>();
  private final BaseImages bases;
  private final Steps steps;
  private final CopyStep copies;
  private final RunStep runs;
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
    this.news = new BuildNews(lines, request.quiet());
    this.bases = new BaseImages(images, request, news);
    this.steps = new Steps(images, bench, request, news);
    this.copies = new CopyStep(images, bench, steps);
    this.runs = new RunStep(images, runner, bench, request, news, steps);
  }

  /**
   * Builds.
   *
   * @throws DockerfileException when the Dockerfile is wrong
   * @throws StepException when a command of it fails
   */
  StoredImage run() throws DockerfileException, IOException, InterruptedException {
    List<ImageReference> tags = request.tags().stream().map(Names::parse).toList();
    Recipe recipe = Recipe.read(context, request);
    ignored = recipe.ignored();
    for (int i = 0; i < recipe.steps().size(); i++) {
      Instruction step = recipe.steps().get(i);
      news.say("Step " + (i + 1) + "/" + recipe.steps().size() + " : " + step.text() + "\n");
      take(step, recipe.escape());
    }
    Stage last = stages.get(stages.size() - 1);
    StoredImage made =
        last.image.orElseThrow(
            () -> new DockerfileException("no image was generated. Is your Dockerfile empty?"));
    finish(made);
    warn();
    news.say("Successfully built " + Names.shortId(made.id().hex()) + "\n");
    for (ImageReference tag : tags) {
      images.tag(images.get(made.id().toString()), tag);
      news.say("Successfully tagged " + Names.familiar(tag) + "\n");
    }
    return made;
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
    news.lines().aux(Tree.of("ID", made.id().toString()));
  }

  private void warn() throws IOException {
    List<String> unused =
        request.arguments().keySet().stream()
            .filter(name -> !consumed.contains(name) && !KNOWN_ARGUMENTS.contains(name))
            .sorted()
            .toList();
    if (!unused.isEmpty()) {
      news.say("[Warning] One or more build-args " + unused + " were not consumed\n");
    }
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
      case "RUN" -> runs.take(stage, step);
      case "COPY", "ADD" -> copies.take(stage, step, this::source, ignored);
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
    StoredImage image = bases.find(step, from.get());
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
      news.say(" ---> \n");
      return;
    }
    StoredImage image =
        earlier.isPresent()
            ? earlier.get().image.orElseThrow(() -> step.fault("stage " + name + " is empty"))
            : bases.find(step, name);
    Settings settings = new Settings(images.config(image).without("rootfs"));
    stages.add(
        new Stage(
            from.name(), escaped(settings, escape), bench.layersOf(image), Optional.of(image)));
    news.say(" ---> " + Names.shortId(image.id().hex()) + "\n");
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
    news.say(
        "# Executing " + texts.size() + " build trigger" + (texts.size() == 1 ? "" : "s") + "\n");
    Stage stage = stages.get(stages.size() - 1);
    stage.settings = stage.settings.with("OnBuild", Items.EMPTY);
    for (String text : texts) {
      within(Dockerfile.instruction(from.line(), text, List.of()));
    }
  }
}
