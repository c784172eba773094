package io.kuber.engine.image;

import io.kuber.engine.dockerfile.Dockerfile;
import io.kuber.engine.dockerfile.DockerfileException;
import io.kuber.engine.dockerfile.Ignored;
import io.kuber.engine.dockerfile.Instruction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a build has to do, of the files of its context and what was asked for.
 *
 * @param steps up to the target, then the labels of the request
 * @param escape what stands before a character that means itself
 * @param ignored what of the context does not count
 */
record Recipe(List<Instruction> steps, char escape, Ignored ignored) {
  private static final int LARGEST_DOCKERFILE = 1 << 20;

  Recipe {
    steps = List.copyOf(steps);
  }

  /** Reads the Dockerfile and what belongs to it. */
  static Recipe read(Path context, BuildRequest request) throws DockerfileException, IOException {
    Dockerfile file = Dockerfile.parse(text(context, request.dockerfile(), true));
    List<Instruction> steps = upToTarget(withLabels(file, request), request);
    if (steps.stream().noneMatch(step -> step.name().equals("FROM"))) {
      throw new DockerfileException(
          steps.isEmpty() ? "file with no instructions" : "no build stage in current context");
    }
    return new Recipe(steps, file.escape(), ignored(context));
  }

  private static String text(Path context, String name, boolean isNeeded)
      throws IOException, DockerfileException {
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

  private static Ignored ignored(Path context) throws IOException, DockerfileException {
    try {
      return Ignored.parse(text(context, ".dockerignore", false));
    } catch (IllegalArgumentException e) {
      throw new DockerfileException(".dockerignore: " + e.getMessage());
    }
  }

  private static List<Instruction> withLabels(Dockerfile file, BuildRequest request)
      throws DockerfileException {
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
  private static List<Instruction> upToTarget(List<Instruction> all, BuildRequest request)
      throws DockerfileException {
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
}
