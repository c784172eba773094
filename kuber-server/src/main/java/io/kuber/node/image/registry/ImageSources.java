package io.kuber.node.image.registry;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The places of an image, in the order in which they are asked. */
public final class ImageSources {
  private final ImagePlaces places;
  private final RegistryHttp http;

  /** Sources at the places that the owner of the node named. */
  public ImageSources(ImagePlaces places) {
    this.places = places;
    this.http = new RegistryHttp(new RegistryTrust(places.authorities()));
  }

  /**
   * Layouts, then mirrors, then the registry itself: each once per set of credentials that may fit,
   * and without any when none does.
   */
  public List<ImageSource> of(ImageReference wanted, Keyring keyring) throws IOException {
    List<ImageSource> sources = new ArrayList<>();
    for (Path layouts : places.layouts()) {
      LayoutSource.find(layouts, wanted).ifPresent(sources::add);
    }
    for (URI mirror : places.mirrorsOf(wanted.registry())) {
      add(sources, mirror, wanted, keyring.find(mirror.getAuthority() + "/" + wanted.repository()));
    }
    add(sources, places.address(wanted.registry()), wanted, keyring.find(wanted.name()));
    return sources;
  }

  /**
   * Asks a registry whether it takes credentials.
   *
   * @param registry its name, such as {@code docker.io} or {@code localhost:5000}
   * @throws SourceException when it does not, or cannot be asked
   */
  public void login(String registry, Credentials credentials) throws IOException {
    new Registry(http, places.address(registry), "", Optional.of(credentials)).login();
  }

  /** Where an image is pushed to: the registry itself. */
  public PushTarget target(ImageReference name, Optional<Credentials> credentials) {
    return new PushTarget(http, places.address(name.registry()), name.repository(), credentials);
  }

  private void add(
      List<ImageSource> sources,
      URI address,
      ImageReference wanted,
      List<Credentials> credentials) {
    if (credentials.isEmpty()) {
      sources.add(new Registry(http, address, wanted.repository(), Optional.empty()));
    }
    for (Credentials each : credentials) {
      sources.add(new Registry(http, address, wanted.repository(), Optional.of(each)));
    }
  }
}
