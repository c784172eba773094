package io.kuber.node.image.registry;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where the owner of a node lets it look for images.
 *
 * @param layouts directories of OCI layouts, asked before any registry
 * @param insecure registries by host and port that are asked over plain HTTP
 * @param mirrors addresses that are asked before a registry, by its name
 * @param authorities a directory of certificates that vouch for registries, in a directory for each
 *     by its host and port, where there are any
 */
public record ImagePlaces(
    List<Path> layouts,
    Set<String> insecure,
    Map<String, List<URI>> mirrors,
    Optional<Path> authorities) {
  /** Registries alone, all over TLS but those on this machine. */
  public static final ImagePlaces STANDARD = new ImagePlaces(List.of(), Set.of(), Map.of());

  private static final Pattern LOOPBACK =
      Pattern.compile("(?:localhost|127\\.[0-9.]+|\\[::1])(?::[0-9]+)?");

  /** Docker's own registry has an address that is not its name. */
  private static final String DOCKER_HUB = "registry-1.docker.io";

  /** Copies the collections. */
  public ImagePlaces {
    layouts = List.copyOf(layouts);
    insecure = Set.copyOf(insecure);
    mirrors = Map.copyOf(mirrors);
  }

  /** Places without authorities of their own. */
  public ImagePlaces(List<Path> layouts, Set<String> insecure, Map<String, List<URI>> mirrors) {
    this(layouts, insecure, mirrors, Optional.empty());
  }

  /** The address of a registry. What does not leave the machine needs no TLS. */
  URI address(String registry) {
    if (registry.equals(ImageReference.DEFAULT_REGISTRY)) {
      return URI.create("https://" + DOCKER_HUB);
    }
    boolean plain = insecure.contains(registry) || LOOPBACK.matcher(registry).matches();
    return URI.create((plain ? "http://" : "https://") + registry);
  }

  /** What is asked before a registry. */
  List<URI> mirrorsOf(String registry) {
    return mirrors.getOrDefault(registry, List.of());
  }
}
