package io.kuber.admission;

import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The volume in which containers find all they need to speak to the API: the token of their
 * account, the cluster's authority and their namespace. Pure.
 */
final class TokenVolume {
  /** Characters behind the name that all such volumes have. */
  static final int SUFFIX = 5;

  private static final String PATH = "/var/run/secrets/kubernetes.io/serviceaccount";
  private static final String NAME = "kube-api-access-";
  private static final List<String> CONTAINERS = List.of("containers", "initContainers");

  /** An hour; the seven seconds tell these tokens from those that were asked for by hand. */
  private static final long LIFE_SECONDS = 3607;

  private static final long MODE = 0644;

  private TokenVolume() {}

  /** Mounts the volume in each container that has nothing at that path. */
  static KubeObject mountedIn(KubeObject pod, Supplier<String> suffix) {
    Tree spec = pod.spec();
    boolean isWanted =
        CONTAINERS.stream()
            .flatMap(list -> spec.items(list).trees().stream())
            .anyMatch(container -> !hasMount(container));
    if (!isWanted) {
      return pod;
    }
    Optional<String> there =
        spec.items("volumes").trees().stream()
            .map(volume -> volume.text("name"))
            .filter(name -> name.startsWith(NAME))
            .findFirst();
    String name = there.orElseGet(() -> NAME + suffix.get());
    Tree mounted = spec;
    for (String list : CONTAINERS) {
      mounted = mounted.withEach(list, container -> mount(container, name));
    }
    if (there.isEmpty()) {
      mounted = mounted.with("volumes", spec.items("volumes").plus(volume(name)));
    }
    return pod.with(mounted, "spec");
  }

  private static boolean hasMount(Tree container) {
    return container.items("volumeMounts").trees().stream()
        .anyMatch(mount -> mount.text("mountPath").equals(PATH));
  }

  private static Tree mount(Tree container, String name) {
    Tree mount = Tree.of("name", name, "readOnly", true, "mountPath", PATH);
    return hasMount(container)
        ? container
        : container.with("volumeMounts", container.items("volumeMounts").plus(mount));
  }

  private static Tree volume(String name) {
    Tree token =
        Tree.of("serviceAccountToken", Tree.of("expirationSeconds", LIFE_SECONDS, "path", "token"));
    Tree authority =
        Tree.of(
            "configMap",
            Tree.of(
                "name", "kube-root-ca.crt", "items", Items.of(item("key", "ca.crt", "ca.crt"))));
    Tree field = Tree.of("apiVersion", "v1", "fieldPath", "metadata.namespace");
    Tree namespace =
        Tree.of("downwardAPI", Tree.of("items", Items.of(item("fieldRef", field, "namespace"))));
    return Tree.of(
        "name",
        name,
        "projected",
        Tree.of("defaultMode", MODE, "sources", Items.of(token, authority, namespace)));
  }

  private static Tree item(String what, Object source, String path) {
    return Tree.of(what, source, "path", path);
  }
}
