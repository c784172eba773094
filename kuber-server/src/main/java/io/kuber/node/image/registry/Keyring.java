package io.kuber.node.image.registry;

import com.google.common.base.Splitter;
import io.kuber.json.Json;
import io.kuber.json.MalformedException;
import io.kuber.object.Tree;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Credentials by the names that they are for, found as the kubelet finds them (upstream
 * pkg/credentialprovider/keyring.go): a key is a host, which may have {@code *} in its parts, with
 * or without a path; the longer key goes first.
 */
public final class Keyring {
  /** A keyring without keys. */
  public static final Keyring EMPTY = new Keyring(Map.of());

  /** The key under which {@code docker login} keeps the credentials for the default registry. */
  private static final String DEFAULT_KEY = "index.docker.io/v1";

  private static final Splitter DOT = Splitter.on('.');

  private final Map<String, List<Credentials>> keys = new TreeMap<>(Comparator.reverseOrder());

  private Keyring(Map<String, List<Credentials>> keys) {
    this.keys.putAll(keys);
  }

  /** Credentials of one registry; none for an empty list. */
  public static Keyring of(String registry, List<Credentials> credentials) {
    return credentials.isEmpty() ? EMPTY : new Keyring(Map.of(registry, credentials));
  }

  /** All keys of this keyring and, after them, of another. */
  public Keyring plus(Keyring other) {
    Keyring both = new Keyring(Map.of());
    for (Keyring each : List.of(this, other)) {
      each.keys.forEach(
          (key, list) -> both.keys.computeIfAbsent(key, unused -> new ArrayList<>()).addAll(list));
    }
    return both;
  }

  /** Reads the content of a Secret of type {@code kubernetes.io/dockerconfigjson}. */
  public static Keyring ofDockerConfigJson(byte[] json) {
    return of(parse(json).tree("auths"));
  }

  /** Reads the content of a Secret of type {@code kubernetes.io/dockercfg}. */
  public static Keyring ofDockerCfg(byte[] json) {
    return of(parse(json));
  }

  private static Tree parse(byte[] json) {
    try {
      return Json.parse(json);
    } catch (MalformedException e) {
      throw new IllegalArgumentException("the credentials are not JSON: " + e.getMessage(), e);
    }
  }

  private static Keyring of(Tree entries) {
    Keyring keyring = new Keyring(Map.of());
    entries.forEach(
        (place, entry) -> {
          if (entry instanceof Tree tree) {
            keyring.keys.computeIfAbsent(key(place), unused -> new ArrayList<>()).add(read(tree));
          }
        });
    return keyring;
  }

  private static Credentials read(Tree entry) {
    String both = entry.text("auth");
    if (both.isEmpty()) {
      return new Credentials(entry.text("username"), entry.text("password"));
    }
    String plain = new String(Base64.getMimeDecoder().decode(both), StandardCharsets.UTF_8);
    int colon = plain.indexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException("the credentials' auth is not base64 of user:password");
    }
    return new Credentials(plain.substring(0, colon), plain.substring(colon + 1));
  }

  /** Without the scheme, and without the path of the protocol itself. */
  private static String key(String place) {
    String bare = place.replaceFirst("^https?://", "");
    int slash = bare.indexOf('/');
    if (slash < 0) {
      return bare;
    }
    String host = bare.substring(0, slash);
    String path = bare.substring(slash);
    if (path.startsWith("/v1/") || path.startsWith("/v2/")) {
      boolean isDefault = host.equals("index.docker.io") && path.equals("/v1/");
      path = isDefault ? "/v1" : path.substring(3);
    }
    return path.equals("/") ? host : host + path;
  }

  /**
   * The credentials for a repository, the more exact first; none when it is open to all.
   *
   * @param name registry and repository, such as {@code docker.io/library/busybox}
   */
  public List<Credentials> find(String name) {
    List<Credentials> found = new ArrayList<>();
    keys.forEach(
        (key, credentials) -> {
          if (matches(key, name)) {
            found.addAll(credentials);
          }
        });
    if (found.isEmpty() && name.startsWith(ImageReference.DEFAULT_REGISTRY + "/")) {
      found.addAll(keys.getOrDefault(DEFAULT_KEY, List.of()));
      found.addAll(keys.getOrDefault("index.docker.io", List.of()));
    }
    return List.copyOf(found);
  }

  private static boolean matches(String key, String name) {
    int keySlash = key.indexOf('/');
    int slash = name.indexOf('/');
    String path = keySlash < 0 ? "" : key.substring(keySlash);
    return matchesHost(keySlash < 0 ? key : key.substring(0, keySlash), name.substring(0, slash))
        && name.substring(slash).startsWith(path);
  }

  private static boolean matchesHost(String key, String host) {
    List<String> wanted = DOT.splitToList(key);
    List<String> parts = DOT.splitToList(host);
    if (wanted.size() != parts.size()) {
      return false;
    }
    for (int i = 0; i < parts.size(); i++) {
      String pattern = Pattern.quote(wanted.get(i)).replace("*", "\\E[^:]*\\Q");
      if (!parts.get(i).matches(pattern)) {
        return false;
      }
    }
    return true;
  }
}
