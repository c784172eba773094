package io.kuber.node;

import io.kuber.container.ProcessSpec;
import io.kuber.node.image.Image;
import io.kuber.node.image.ImageConfig;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What runs in a container: its command, variables, directory and user. */
final class ProcessPlan {
  private ProcessPlan() {}

  /**
   * The first process of a container.
   *
   * @param clusterDomain the domain below which the pod may have a name
   * @param declared its variables ({@link Environment})
   * @throws ContainerConfigException when neither pod nor image says what to run
   */
  static ProcessSpec of(
      KubeObject pod,
      String clusterDomain,
      Tree container,
      Image image,
      Map<String, String> declared) {
    Map<String, String> variables = new LinkedHashMap<>(image.config().environment());
    variables.put("HOSTNAME", PodNames.of(pod, clusterDomain).kernelName());
    variables.putAll(declared);
    List<String> command = command(container, image.config(), declared);
    if (command.isEmpty()) {
      throw new ContainerConfigException(
          "no command specified: image " + image.reference() + " has none either");
    }
    boolean stdin = container.isTrue("stdin");
    return new ProcessSpec(
        command,
        variables,
        workingDirectory(container, image.config()),
        ContainerUser.of(pod, container, image.config().user(), Accounts.of(image.layers())),
        container.isTrue("tty"),
        stdin,
        stdin && !container.isTrue("stdinOnce"),
        List.of());
  }

  /**
   * Command and args over entrypoint and command: who says the program says the arguments. What the
   * pod says may refer to its variables, not to those of the image.
   */
  private static List<String> command(
      Tree container, ImageConfig image, Map<String, String> declared) {
    List<String> command = expanded(container, "command", declared);
    List<String> args = expanded(container, "args", declared);
    List<String> all = new ArrayList<>(command.isEmpty() ? image.entrypoint() : command);
    if (!args.isEmpty()) {
      all.addAll(args);
    } else if (command.isEmpty()) {
      all.addAll(image.command());
    }
    return all;
  }

  private static List<String> expanded(
      Tree container, String field, Map<String, String> variables) {
    return container.items(field).texts().stream()
        .map(part -> Expansion.expand(part, variables))
        .toList();
  }

  private static String workingDirectory(Tree container, ImageConfig image) {
    String declared = container.text("workingDir");
    String directory = declared.isEmpty() ? image.workingDirectory() : declared;
    return directory.isEmpty() ? "/" : directory;
  }
}
