package io.kuber.node.image.registry;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of an image, with all that people leave out (distribution/reference): {@code busybox} is
 * {@code docker.io/library/busybox:latest}.
 *
 * @param registry host and port, such as {@code docker.io} or {@code localhost:5000}
 * @param repository such as {@code library/busybox}
 * @param tag empty where there is only a digest
 * @param digest which decides, where there is one
 */
public record ImageReference(
    String registry, String repository, String tag, Optional<Digest> digest) {
  /** The registry of names without one. */
  public static final String DEFAULT_REGISTRY = "docker.io";

  private static final String OFFICIAL = "library/";
  private static final int LONGEST_NAME = 255;
  private static final int LONGEST_TAG = 128;
  private static final String PART = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
  private static final Pattern REPOSITORY = Pattern.compile(PART + "(?:/" + PART + ")*");
  private static final Pattern REGISTRY =
      Pattern.compile(
          "(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])"
              + "(?:\\.(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9]))*(?::[0-9]{1,5})?"
              + "|\\[[a-fA-F0-9:]+](?::[0-9]{1,5})?");
  private static final Pattern TAG = Pattern.compile("\\w[\\w.-]{0," + (LONGEST_TAG - 1) + "}");
  private static final Pattern BARE_HEX = Pattern.compile("[0-9a-f]{64}");

  /**
   * Reads a reference as it stands in a pod.
   *
   * @throws IllegalArgumentException when it is none; the message is the one of distribution
   */
  public static ImageReference parse(String text) {
    if (BARE_HEX.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "invalid repository name (" + text + "), cannot specify 64-byte hexadecimal strings");
    }
    int at = text.indexOf('@');
    Optional<Digest> digest = at < 0 ? Optional.empty() : Optional.of(digest(text, at));
    String named = at < 0 ? text : text.substring(0, at);
    int colon = named.lastIndexOf(':');
    boolean tagged = colon > named.lastIndexOf('/');
    String tag = tagged ? named.substring(colon + 1) : digest.isPresent() ? "" : "latest";
    String name = tagged ? named.substring(0, colon) : named;
    int slash = name.indexOf('/');
    boolean hasRegistry = slash > 0 && isRegistry(name.substring(0, slash));
    String registry = hasRegistry ? name.substring(0, slash) : DEFAULT_REGISTRY;
    String repository = hasRegistry ? name.substring(slash + 1) : name;
    if (registry.equals("index.docker.io")) {
      registry = DEFAULT_REGISTRY;
    }
    if (registry.equals(DEFAULT_REGISTRY) && repository.indexOf('/') < 0) {
      repository = OFFICIAL + repository;
    }
    check(registry, repository);
    if ((tagged || digest.isEmpty()) && !TAG.matcher(tag).matches()) {
      throw new IllegalArgumentException("invalid reference format");
    }
    return new ImageReference(registry, repository, tag, digest);
  }

  private static Digest digest(String text, int at) {
    try {
      return Digest.parse(text.substring(at + 1));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("invalid reference format", e);
    }
  }

  private static boolean isRegistry(String first) {
    return first.indexOf('.') >= 0
        || first.indexOf(':') >= 0
        || first.equals("localhost")
        || !first.equals(first.toLowerCase(Locale.ROOT));
  }

  private static void check(String registry, String repository) {
    if (!repository.equals(repository.toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException(
          "invalid reference format: repository name (" + repository + ") must be lowercase");
    }
    if (registry.length() + 1 + repository.length() > LONGEST_NAME) {
      throw new IllegalArgumentException(
          "repository name must not be more than " + LONGEST_NAME + " characters");
    }
    if (!matches(REGISTRY, registry) || !matches(REPOSITORY, repository)) {
      throw new IllegalArgumentException("invalid reference format");
    }
  }

  /** Bounded before it is matched, since the pattern takes more than linear time. */
  private static boolean matches(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.matches();
  }

  /** Registry and repository, such as {@code docker.io/library/busybox}. */
  public String name() {
    return registry + "/" + repository;
  }

  /** The name as people write it: without the default registry and {@code library/}. */
  public String familiarName() {
    if (!registry.equals(DEFAULT_REGISTRY)) {
      return name();
    }
    return repository.startsWith(OFFICIAL) && repository.indexOf('/', OFFICIAL.length()) < 0
        ? repository.substring(OFFICIAL.length())
        : repository;
  }

  /** What a registry is asked for: the digest, or else the tag. */
  public String version() {
    return digest.map(Digest::toString).orElse(tag);
  }

  /** The name with a digest, as a pod's status tells it. */
  public String with(Digest known) {
    return name() + "@" + known;
  }

  @Override
  public String toString() {
    return name() + (tag.isEmpty() ? "" : ":" + tag) + digest.map(known -> "@" + known).orElse("");
  }

  /** The reference in a text, or null where there is none. */
  static @Nullable ImageReference parseOrNull(String text) {
    try {
      return parse(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
