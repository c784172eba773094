package io.kuber.node;

import io.kuber.container.User;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Whom a container runs as: what the container says over what the pod says over what the image says
 * (pkg/kubelet/kuberuntime/security_context.go). Pure.
 */
final class ContainerUser {
  private final KubeObject pod;
  private final Tree container;
  private final String imageUser;
  private final Accounts accounts;

  private ContainerUser(KubeObject pod, Tree container, String imageUser, Accounts accounts) {
    this.pod = pod;
    this.container = container;
    this.imageUser = imageUser;
    this.accounts = accounts;
  }

  /**
   * The user, group and further groups.
   *
   * @param imageUser {@code user[:group]}, each a name or a number
   * @throws ContainerConfigException when it is root and must not be, or nobody knows the name
   */
  static User of(KubeObject pod, Tree container, String imageUser, Accounts accounts) {
    return new ContainerUser(pod, container, imageUser, accounts).user();
  }

  private User user() {
    long declared = number("runAsUser");
    requireNonRoot(declared);
    int uid = declared >= 0 ? (int) declared : userOfImage();
    long group = number("runAsGroup");
    int gid = group >= 0 ? (int) group : declared >= 0 ? accounts.groupOf(uid) : groupOfImage(uid);
    return new User(uid, gid, furtherGroups(uid, gid));
  }

  private long number(String field) {
    long ofPod = pod.spec().number(-1, "securityContext", field);
    return container.number(ofPod, "securityContext", field);
  }

  private void requireNonRoot(long declared) {
    Object own = container.at("securityContext", "runAsNonRoot");
    boolean required =
        own == null
            ? pod.spec().isTrue("securityContext", "runAsNonRoot")
            : Boolean.TRUE.equals(own);
    if (!required || declared > 0) {
      return;
    }
    if (declared == 0) {
      throw refused("container's runAsUser breaks non-root policy");
    }
    String user = userPart();
    if (!user.isEmpty() && !isNumber(user)) {
      throw refused(
          "container has runAsNonRoot and image has non-numeric user (%s), cannot verify user is"
                  .formatted(user)
              + " non-root");
    }
    if (user.isEmpty() || Integer.parseInt(user) == 0) {
      throw refused("container has runAsNonRoot and image will run as root");
    }
  }

  private ContainerConfigException refused(String why) {
    return new ContainerConfigException(
        "%s (pod: \"%s_%s(%s)\", container: %s)"
            .formatted(why, pod.name(), pod.namespace(), pod.uid(), container.text("name")));
  }

  private String userPart() {
    return imageUser.split(":", 2)[0];
  }

  private int userOfImage() {
    String user = userPart();
    if (user.isEmpty()) {
      return 0;
    }
    return isNumber(user)
        ? Integer.parseInt(user)
        : accounts.user(user).orElseThrow(() -> unknown("user", user, "passwd"));
  }

  private int groupOfImage(int uid) {
    String[] parts = imageUser.split(":", 2);
    if (parts.length < 2 || parts[1].isEmpty()) {
      return accounts.groupOf(uid);
    }
    return isNumber(parts[1])
        ? Integer.parseInt(parts[1])
        : accounts.group(parts[1]).orElseThrow(() -> unknown("group", parts[1], "group"));
  }

  private static ContainerConfigException unknown(String what, String name, String file) {
    return new ContainerConfigException(
        "unable to find %s %s: no matching entries in %s file".formatted(what, name, file));
  }

  /** The first group, those of the pod, and, unless the policy is Strict, those of the image. */
  private List<Integer> furtherGroups(int uid, int gid) {
    Tree context = pod.spec().tree("securityContext");
    Set<Integer> groups = new LinkedHashSet<>();
    groups.add(gid);
    context.items("supplementalGroups").forEach(group -> groups.add(((Number) group).intValue()));
    if (context.number(-1, "fsGroup") >= 0) {
      groups.add((int) context.number(0, "fsGroup"));
    }
    if (!context.text("supplementalGroupsPolicy").equals("Strict")) {
      groups.addAll(accounts.groupsOf(uid));
    }
    return new ArrayList<>(groups);
  }

  private static boolean isNumber(String text) {
    return text.matches("[0-9]{1,9}");
  }
}
