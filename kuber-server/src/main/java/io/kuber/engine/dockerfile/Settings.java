package io.kuber.engine.dockerfile;

import io.kuber.object.Items;
import io.kuber.object.Nil;
import io.kuber.object.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What an image says about its containers, and what instructions make of it. Immutable.
 *
 * @param tree the whole configuration of the image
 * @param hasOwnCommand whether {@code CMD} was set since {@code FROM}; an {@code ENTRYPOINT} makes
 *     one that was inherited void
 * @param escape of the Dockerfile
 */
public record Settings(Tree tree, boolean hasOwnCommand, char escape) {
  private static final String CONFIG = "config";

  /** A configuration as an image has it. */
  public Settings(Tree tree) {
    this(tree, false, '\\');
  }

  /** What the containers get, such as {@code Env} and {@code Cmd}. */
  public Tree config() {
    return tree.tree(CONFIG);
  }

  /** The same with a field of {@code config}. */
  public Settings with(String field, Object value) {
    return new Settings(tree.with(CONFIG, config().with(field, value)), hasOwnCommand, escape);
  }

  /** Environment variables in order. */
  public Map<String, String> environment() {
    Map<String, String> environment = new LinkedHashMap<>();
    for (String each : config().items("Env").texts()) {
      int equals = each.indexOf('=');
      if (equals > 0) {
        environment.put(each.substring(0, equals), each.substring(equals + 1));
      }
    }
    return environment;
  }

  /** What runs commands in the shell form. */
  public List<String> shell() {
    List<String> own = config().items("Shell").texts();
    return own.isEmpty() ? List.of("/bin/sh", "-c") : own;
  }

  /** An absolute path from one that may be relative to the working directory. */
  public String absolute(String path) {
    String base = config().text("WorkingDir");
    String joined = path.startsWith("/") ? path : (base.isEmpty() ? "/" : base) + "/" + path;
    List<String> parts = new ArrayList<>();
    for (String part : joined.split("/")) {
      if (part.equals("..")) {
        if (!parts.isEmpty()) {
          parts.remove(parts.size() - 1);
        }
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.add(part);
      }
    }
    return "/" + String.join("/", parts);
  }

  /**
   * What an instruction makes of this that changes the configuration alone.
   *
   * @param variables that {@code $x} stands for
   * @throws DockerfileException when it is malformed
   */
  public Settings apply(Instruction step, Map<String, String> variables)
      throws DockerfileException {
    if (!step.name().equals("HEALTHCHECK")) {
      step.flags(Set.of());
    }
    return switch (step.name()) {
      case "CMD" -> command(step);
      case "ENTRYPOINT" -> entrypoint(step);
      case "ENV" -> environment(step, variables);
      case "EXPOSE" -> exposed(step, variables);
      case "HEALTHCHECK" -> with("Healthcheck", HealthCheck.parse(step));
      case "LABEL" -> labels(step, variables);
      case "MAINTAINER" -> maintainer(step);
      case "ONBUILD" -> later(step);
      case "SHELL" -> shell(step);
      case "STOPSIGNAL" -> with("StopSignal", expand(step, step.rest(), variables));
      case "USER" -> with("User", expand(step, step.rest(), variables));
      case "VOLUME" -> volumes(step, variables);
      case "WORKDIR" -> with("WorkingDir", absolute(expand(step, step.rest(), variables)));
      default -> throw step.fault(step.name() + " does not change the configuration");
    };
  }

  private String expand(Instruction step, String word, Map<String, String> variables)
      throws DockerfileException {
    step.needsArguments();
    try {
      return Expansion.expand(word, escape, variables);
    } catch (DockerfileException e) {
      throw step.fault(String.valueOf(e.getMessage()));
    }
  }

  private Items words(Instruction step) {
    Optional<List<String>> list = step.list();
    if (list.isPresent()) {
      return Items.copyOf(list.get());
    }
    List<String> words = new ArrayList<>(shell());
    words.add(step.rest());
    return Items.copyOf(words);
  }

  private Settings command(Instruction step) {
    Object value = step.rest().isEmpty() ? Nil.NIL : words(step);
    return new Settings(with("Cmd", value).tree, true, escape);
  }

  private Settings entrypoint(Instruction step) {
    boolean isNone = step.rest().isEmpty() || step.list().filter(List::isEmpty).isPresent();
    Settings next = with("Entrypoint", isNone ? Nil.NIL : words(step));
    return hasOwnCommand ? next : next.with("Cmd", Nil.NIL);
  }

  private Settings environment(Instruction step, Map<String, String> variables)
      throws DockerfileException {
    Map<String, String> all = environment();
    for (Map.Entry<String, String> each : Words.assignments(step, escape).entrySet()) {
      all.put(expand(step, each.getKey(), variables), expand(step, each.getValue(), variables));
    }
    return with(
        "Env",
        Items.copyOf(
            all.entrySet().stream().map(each -> each.getKey() + "=" + each.getValue()).toList()));
  }

  private Settings labels(Instruction step, Map<String, String> variables)
      throws DockerfileException {
    Map<String, String> all = new LinkedHashMap<>(config().tree("Labels").texts());
    for (Map.Entry<String, String> each : Words.assignments(step, escape).entrySet()) {
      all.put(expand(step, each.getKey(), variables), expand(step, each.getValue(), variables));
    }
    return withLabels(all);
  }

  /** The same with these labels alone. */
  public Settings withLabels(Map<String, String> labels) {
    return with("Labels", Tree.ofTexts(labels));
  }

  private Settings exposed(Instruction step, Map<String, String> variables)
      throws DockerfileException {
    step.needsArguments();
    Tree ports = config().tree("ExposedPorts");
    for (String word : Words.plain(step.rest())) {
      for (String port : Ports.expand(step, expand(step, word, variables))) {
        ports = ports.with(port, Tree.EMPTY);
      }
    }
    return with("ExposedPorts", ports);
  }

  private Settings volumes(Instruction step, Map<String, String> variables)
      throws DockerfileException {
    step.needsArguments();
    Tree volumes = config().tree("Volumes");
    for (String word : step.list().orElseGet(() -> Words.plain(step.rest()))) {
      String path = expand(step, word, variables).strip();
      if (path.isEmpty()) {
        throw step.fault("VOLUME specified can not be an empty string");
      }
      volumes = volumes.with(path, Tree.EMPTY);
    }
    return with("Volumes", volumes);
  }

  private Settings maintainer(Instruction step) throws DockerfileException {
    step.needsArguments();
    return new Settings(tree.with("author", step.rest()), hasOwnCommand, escape);
  }

  private Settings later(Instruction step) throws DockerfileException {
    step.needsArguments();
    Instruction kept = Dockerfile.instruction(step.line(), step.rest(), List.of());
    if (Set.of("ONBUILD", "FROM", "MAINTAINER").contains(kept.name())) {
      throw step.fault(kept.name() + " isn't allowed as an ONBUILD trigger");
    }
    return with("OnBuild", config().items("OnBuild").plus(step.rest()));
  }

  private Settings shell(Instruction step) throws DockerfileException {
    List<String> words =
        step.list()
            .filter(list -> !list.isEmpty())
            .orElseThrow(() -> step.fault("SHELL requires the arguments to be in JSON form"));
    return with("Shell", Items.copyOf(words));
  }
}
