package io.kuber.resource.builtin;

import io.kuber.json.Json;
import io.kuber.json.MalformedException;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import java.util.Base64;

/** What secrets of the types that Kubernetes knows must hold (ValidateSecret). */
final class SecretCheck {
  private static final FieldPath DATA = FieldPath.ROOT.child("data");
  private static final String ACCOUNT = "kubernetes.io/service-account.name";

  private SecretCheck() {}

  static void check(KubeObject secret, Problems problems) {
    Tree data = secret.tree().tree("data");
    switch (secret.tree().text("type")) {
      case "kubernetes.io/service-account-token" -> {
        if (secret.annotations().getOrDefault(ACCOUNT, "").isEmpty()) {
          problems.required(FieldPath.METADATA.child("annotations").key(ACCOUNT), "");
        }
      }
      case "kubernetes.io/dockercfg" -> checkJson(data, ".dockercfg", problems);
      case "kubernetes.io/dockerconfigjson" -> checkJson(data, ".dockerconfigjson", problems);
      case "kubernetes.io/basic-auth" -> {
        if (!data.has("username") && !data.has("password")) {
          checkThere(data, problems, "username", "password");
        }
      }
      case "kubernetes.io/ssh-auth" -> {
        if (data.text("ssh-privatekey").isEmpty()) {
          problems.required(DATA.key("ssh-privatekey"), "");
        }
      }
      case "kubernetes.io/tls" -> checkThere(data, problems, "tls.crt", "tls.key");
      default -> {}
    }
  }

  private static void checkThere(Tree data, Problems problems, String... keys) {
    for (String key : keys) {
      if (!data.has(key)) {
        problems.required(DATA.key(key), "");
      }
    }
  }

  private static void checkJson(Tree data, String key, Problems problems) {
    if (!data.has(key)) {
      problems.required(DATA.key(key), "");
      return;
    }
    try {
      Json.parse(Base64.getDecoder().decode(data.text(key)));
    } catch (MalformedException malformed) {
      problems.invalid(
          DATA.key(key), "<secret contents redacted>", String.valueOf(malformed.getMessage()));
    }
  }
}
