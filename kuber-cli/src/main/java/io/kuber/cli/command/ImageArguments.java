package io.kuber.cli.command;

import io.kuber.cli.output.CommandFailure;
import io.kuber.node.image.registry.ImagePlaces;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say where a node has its images from. */
public final class ImageArguments {
  @Option(
      names = "--image-layouts",
      paramLabel = "DIR",
      description =
          "a directory of images in OCI layouts, asked before any registry: DIR itself, or"
              + " DIR/NAME for the tags of NAME (skopeo copy ... oci:DIR/NAME:TAG); may be repeated")
  private List<Path> layouts = new ArrayList<>();

  @Option(
      names = "--insecure-registry",
      paramLabel = "HOST[:PORT]",
      description =
          "a registry that is asked over plain HTTP, as those on this machine are; may be repeated")
  private List<String> insecure = new ArrayList<>();

  @Option(
      names = "--registry-mirror",
      paramLabel = "REGISTRY=URL",
      description =
          "an address that is asked before a registry, such as docker.io=https://mirror.example;"
              + " may be repeated, the first goes first")
  private List<String> mirrors = new ArrayList<>();

  @Option(
      names = "--registry-certificates",
      paramLabel = "DIR",
      description =
          "authorities that vouch for registries: DIR/HOST[:PORT]/*.crt in PEM, as Docker and"
              + " containerd have them")
  private @Nullable Path authorities;

  /** Where to look for images; a {@link CommandFailure} names the option that is wrong. */
  public ImagePlaces places() {
    if (authorities != null && !Files.isDirectory(authorities)) {
      throw new CommandFailure("--registry-certificates: " + authorities + " is no directory");
    }
    for (Path each : layouts) {
      if (!Files.isDirectory(each)) {
        throw new CommandFailure("--image-layouts: " + each + " is no directory");
      }
    }
    Set<String> plain = new LinkedHashSet<>(insecure);
    Map<String, List<URI>> byRegistry = new LinkedHashMap<>();
    for (String each : mirrors) {
      int equals = each.indexOf('=');
      if (equals < 1) {
        throw new CommandFailure("--registry-mirror: " + each + " is not REGISTRY=URL");
      }
      byRegistry
          .computeIfAbsent(each.substring(0, equals), unused -> new ArrayList<>())
          .add(address(each.substring(equals + 1)));
    }
    return new ImagePlaces(
        layouts.stream().map(each -> each.toAbsolutePath().normalize()).toList(),
        plain,
        byRegistry,
        Optional.ofNullable(authorities).map(each -> each.toAbsolutePath().normalize()));
  }

  private static URI address(String text) {
    try {
      URI uri = URI.create(text);
      boolean http = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
      if (http && uri.getAuthority() != null) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      throw new CommandFailure("--registry-mirror: " + text + " is no address");
    }
    throw new CommandFailure("--registry-mirror: " + text + " is not http://... or https://...");
  }
}
