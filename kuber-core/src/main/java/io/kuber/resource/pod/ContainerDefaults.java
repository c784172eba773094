package io.kuber.resource.pod;

import io.kuber.object.Tree;

/** The fields of a container that are set when the user leaves them out. */
final class ContainerDefaults {
  private ContainerDefaults() {}

  static Tree of(Tree container, boolean hostNetwork) {
    Tree complete = container.withEach("ports", port -> port(port, hostNetwork));
    complete = complete.withEach("env", ContainerDefaults::env);
    for (String probe : new String[] {"livenessProbe", "readinessProbe", "startupProbe"}) {
      complete = complete.withChild(probe, ContainerDefaults::probe);
    }
    complete = complete.withChild("lifecycle", ContainerDefaults::lifecycle);
    complete = complete.withDefault("resources", Tree.EMPTY);
    complete = complete.withDefault("terminationMessagePath", "/dev/termination-log");
    complete = complete.withDefault("terminationMessagePolicy", "File");
    return complete.withDefault("imagePullPolicy", pullPolicy(complete.text("image")));
  }

  /** An image that may change under its name is pulled always. */
  static String pullPolicy(String image) {
    boolean pinned = image.contains("@");
    String last = image.substring(image.lastIndexOf('/') + 1);
    boolean latest = !last.contains(":") || last.endsWith(":latest");
    return latest && !pinned ? "Always" : "IfNotPresent";
  }

  private static Tree port(Tree port, boolean hostNetwork) {
    Tree complete = port.withDefault("protocol", "TCP");
    return hostNetwork && port.get("containerPort") != null
        ? complete.withDefault("hostPort", port.number(0, "containerPort"))
        : complete;
  }

  private static Tree env(Tree variable) {
    return variable.withChild(
        "valueFrom",
        from -> from.withChild("fieldRef", field -> field.withDefault("apiVersion", "v1")));
  }

  private static Tree lifecycle(Tree lifecycle) {
    Tree complete = lifecycle.withChild("postStart", ContainerDefaults::handler);
    return complete.withChild("preStop", ContainerDefaults::handler);
  }

  private static Tree handler(Tree handler) {
    return handler.withChild(
        "httpGet", get -> get.withDefault("path", "/").withDefault("scheme", "HTTP"));
  }

  private static Tree probe(Tree probe) {
    Tree complete = handler(probe);
    complete = complete.withChild("grpc", g -> g.has("service") ? g : g.with("service", ""));
    complete = positive(complete, "timeoutSeconds", 1);
    complete = positive(complete, "periodSeconds", 10);
    complete = positive(complete, "successThreshold", 1);
    return positive(complete, "failureThreshold", 3);
  }

  private static Tree positive(Tree probe, String name, long otherwise) {
    return probe.number(0, name) == 0 ? probe.with(name, otherwise) : probe;
  }
}
