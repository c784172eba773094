package io.kuber.admission;

import io.kuber.api.Failures;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Pods of accounts that say so may use the secrets of their account alone
 * (plugin/pkg/admission/serviceaccount, limitSecretReferences). Pure.
 */
final class SecretRights {
  private static final String ENFORCE = "kubernetes.io/enforce-mountable-secrets";

  private SecretRights() {}

  static void check(KubeObject pod, KubeObject account) {
    if (!account.annotations().getOrDefault(ENFORCE, "").equals("true")) {
      return;
    }
    Set<String> own = names(account, "secrets");
    for (Tree volume : pod.spec().items("volumes").trees()) {
      String secret = volume.text("secret", "secretName");
      if (!secret.isEmpty() && !own.contains(secret)) {
        throw refused(pod, account, "volume with secret.secretName=\"%s\"", secret);
      }
    }
    for (Tree container : containers(pod.spec())) {
      secrets(container)
          .filter(secret -> !own.contains(secret))
          .findFirst()
          .ifPresent(
              secret -> {
                throw refused(
                    pod,
                    account,
                    "container "
                        + container.text("name")
                        + " envVar referencing secret.secretName=\"%s\"",
                    secret);
              });
    }
    Set<String> pulls = names(account, "imagePullSecrets");
    for (Tree pull : pod.spec().items("imagePullSecrets").trees()) {
      if (!pulls.contains(pull.text("name"))) {
        throw refused(pod, account, "imagePullSecret \"%s\"", pull.text("name"));
      }
    }
  }

  private static List<Tree> containers(Tree spec) {
    return Stream.of("initContainers", "containers")
        .flatMap(list -> spec.items(list).trees().stream())
        .toList();
  }

  private static Stream<String> secrets(Tree container) {
    return Stream.concat(
            container.items("env").trees().stream()
                .map(variable -> variable.text("valueFrom", "secretKeyRef", "name")),
            container.items("envFrom").trees().stream()
                .map(source -> source.text("secretRef", "name")))
        .filter(name -> !name.isEmpty());
  }

  private static Set<String> names(KubeObject account, String list) {
    return account.tree().items(list).trees().stream()
        .map(reference -> reference.text("name"))
        .collect(Collectors.toSet());
  }

  private static RuntimeException refused(
      KubeObject pod, KubeObject account, String what, String secret) {
    return Failures.forbidden(
        Resources.PODS,
        pod.name(),
        what.formatted(secret)
            + " is not allowed because service account "
            + account.name()
            + " does not reference that "
            + (what.startsWith("imagePull") ? "imagePullSecret" : "secret"));
  }
}
