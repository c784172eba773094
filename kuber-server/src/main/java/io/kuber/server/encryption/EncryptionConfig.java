package io.kuber.server.encryption;

import io.kuber.json.MalformedException;
import io.kuber.json.Yaml;
import io.kuber.object.Items;
import io.kuber.object.Tree;
import io.kuber.server.encryption.Keyring.Rule;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads an {@code EncryptionConfiguration} of {@code apiserver.config.k8s.io/v1}, as Kubernetes
 * documents it ("Encrypting Confidential Data at Rest"). Its provider that stands first writes, all
 * read.
 */
final class EncryptionConfig {
  private static final String VERSION = "apiserver.config.k8s.io/v1";
  private static final String KIND = "EncryptionConfiguration";
  private static final Set<Integer> AES_BYTES = Set.of(16, 24, 32);

  private final List<SealKey> openers = new ArrayList<>();

  private EncryptionConfig() {}

  /**
   * What a file says.
   *
   * @throws IllegalArgumentException when it is wrong; the message names the field, and no key
   */
  static Keyring read(byte[] yaml) {
    try {
      return new EncryptionConfig().keyring(Yaml.parse(yaml));
    } catch (MalformedException e) {
      throw new IllegalArgumentException("no YAML: " + e.getMessage(), e);
    }
  }

  /** The text of a file in which a new key seals Secrets. */
  static String text(String keyName, byte[] secret) {
    return """
    apiVersion: %s
    kind: %s
    resources:
    - resources:
      - secrets
      providers:
      - aesgcm:
          keys:
          - name: %s
            secret: %s
      - identity: {}
    """
        .formatted(VERSION, KIND, keyName, Base64.getEncoder().encodeToString(secret));
  }

  private Keyring keyring(Tree file) {
    check(file.text("apiVersion").equals(VERSION), "apiVersion", "is to be " + VERSION);
    check(file.text("kind").equals(KIND), "kind", "is to be " + KIND);
    List<Tree> rules = trees(file, "resources", "resources");
    List<Rule> read = new ArrayList<>();
    for (int i = 0; i < rules.size(); i++) {
      read.add(rule(rules.get(i), "resources[" + i + "]"));
    }
    return new Keyring(read, openers);
  }

  private Rule rule(Tree rule, String field) {
    List<String> resources = rule.items("resources").texts();
    check(!resources.isEmpty(), field + ".resources", "names no resource");
    for (int i = 0; i < resources.size(); i++) {
      checkResource(resources.get(i), field + ".resources[" + i + "]");
    }
    List<Tree> providers = trees(rule, "providers", field + ".providers");
    Optional<SealKey> writer = Optional.empty();
    for (int i = 0; i < providers.size(); i++) {
      List<SealKey> keys = provider(providers.get(i), field + ".providers[" + i + "]");
      if (i == 0) {
        writer = keys.stream().findFirst();
      }
      openers.addAll(keys);
    }
    return new Rule(resources, writer);
  }

  private static void checkResource(String resource, String field) {
    check(!resource.isEmpty(), field, "is empty");
    check(!resource.equals("*"), field, "use *.* for all resources, or *. for the core group");
    check(!resource.contains("/"), field, resource + " names a subresource, which nobody stores");
    check(
        resource.startsWith("*.") || resource.indexOf('*') < 0,
        field,
        resource + " has a * that stands for no group");
  }

  private static List<SealKey> provider(Tree provider, String field) {
    check(provider.size() == 1, field, "is to have exactly one provider");
    String name = provider.nameAt(0);
    String inside = field + "." + name;
    return switch (name) {
      case "identity" -> List.of();
      case "aesgcm" -> keys(Algorithm.AESGCM, provider.tree(name), inside + ".keys");
      case "aescbc" -> keys(Algorithm.AESCBC, provider.tree(name), inside + ".keys");
      case "secretbox", "kms" ->
          throw wrong(inside, "kuber does not have this provider; use aesgcm or aescbc");
      default -> throw wrong(inside, "no such provider; there are aesgcm, aescbc and identity");
    };
  }

  private static List<SealKey> keys(Algorithm algorithm, Tree provider, String field) {
    List<SealKey> keys = new ArrayList<>();
    Set<String> names = new HashSet<>();
    List<Tree> given = trees(provider, "keys", field);
    for (int i = 0; i < given.size(); i++) {
      String at = field + "[" + i + "]";
      String name = given.get(i).text("name");
      int length = name.getBytes(StandardCharsets.UTF_8).length;
      check(length > 0 && length <= 255, at + ".name", "is to have from 1 to 255 bytes");
      check(names.add(name), at + ".name", name + " is there twice");
      keys.add(new SealKey(algorithm, name, secret(given.get(i).text("secret"), at + ".secret")));
    }
    return keys;
  }

  private static byte[] secret(String text, String field) {
    byte[] secret;
    try {
      secret = Base64.getDecoder().decode(text.strip());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(field + ": is no base64", e);
    }
    check(
        AES_BYTES.contains(secret.length),
        field,
        "has " + secret.length + " bytes, but a key has 16, 24 or 32");
    return secret;
  }

  private static List<Tree> trees(Tree tree, String name, String field) {
    Items items = tree.items(name);
    check(!items.isEmpty(), field, "is missing or empty");
    return items.trees();
  }

  private static void check(boolean holds, String field, String what) {
    if (!holds) {
      throw wrong(field, what);
    }
  }

  private static IllegalArgumentException wrong(String field, String what) {
    return new IllegalArgumentException(field + ": " + what);
  }
}
