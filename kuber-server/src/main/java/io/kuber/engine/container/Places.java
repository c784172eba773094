package io.kuber.engine.container;

import io.kuber.container.PodSandbox;
import io.kuber.engine.NetworkShelf;
import io.kuber.engine.NetworkShelf.Place;
import io.kuber.engine.NetworkShelf.Published;
import io.kuber.object.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where a container is, and how it is reached, while it runs. Guarded by the container's lock. */
final class Places {
  private final NetworkShelf shelf;
  private final Map<String, Place> networks = new LinkedHashMap<>();
  private List<Published> ports = List.of();

  Places(NetworkShelf shelf) {
    this.shelf = shelf;
  }

  /** Its places, by the names of networks, in the order in which it came to them. */
  Map<String, Place> networks() {
    return networks;
  }

  /** The ports of the machine that lead to it. */
  List<Published> ports() {
    return ports;
  }

  /** Connects it with all its networks, and makes its ports lead to its place in the first. */
  void connectAll(ContainerRecord record, PodSandbox sandbox) {
    record
        .networks()
        .forEach(
            (name, said) ->
                connect(record, sandbox, name, said instanceof Tree tree ? tree : Tree.EMPTY));
    String address = networks.values().stream().findFirst().map(Place::address).orElse("");
    List<Published> wanted = PortPlan.of(record.config(), record.host());
    if (!wanted.isEmpty() && !address.isEmpty()) {
      ports = shelf.publish(record.id(), address, wanted);
    }
  }

  /** Connects it with one network. */
  void connect(ContainerRecord record, PodSandbox sandbox, String network, Tree said) {
    List<String> names = new ArrayList<>(List.of(record.name()));
    names.addAll(said.items("Aliases").texts());
    String address = said.text("IPAMConfig", "IPv4Address");
    networks.put(
        network, shelf.connect(network, record.id(), sandbox.networkNamespace(), names, address));
  }

  /** Takes it out of a network. */
  void leave(String container, String network) {
    shelf.disconnect(network, container);
    networks.remove(network);
  }

  /** Takes it out of all; what fails keeps nothing else from being taken back. */
  void clear(String container) {
    List<Runnable> steps = new ArrayList<>();
    steps.add(() -> shelf.unpublish(container));
    networks.keySet().forEach(name -> steps.add(() -> shelf.disconnect(name, container)));
    ports = List.of();
    Optional<RuntimeException> failure = Optional.empty();
    for (Runnable step : steps) {
      try {
        step.run();
      } catch (RuntimeException e) {
        failure.ifPresent(e::addSuppressed);
        failure = Optional.of(e);
      }
    }
    networks.clear();
    if (failure.isPresent()) {
      throw failure.get();
    }
  }
}
