package io.kuber.engine.container;

import io.kuber.engine.wire.Filters;

/** Which containers a limited list has; pure. */
final class ContainerFilter {
  private ContainerFilter() {}

  /** Whether it is among them; {@code all} also has those that do not run. */
  static boolean admits(Filters filters, Life life, boolean all) {
    ContainerRecord record = life.record();
    boolean shown = all || filters.has("status") || record.state().isRunning();
    boolean named =
        !filters.has("name")
            || filters.all("name").stream().anyMatch(part -> record.name().contains(strip(part)));
    boolean known =
        !filters.has("id") || filters.all("id").stream().anyMatch(record.id()::startsWith);
    boolean ofImage =
        !filters.has("ancestor")
            || filters.all("ancestor").stream()
                .anyMatch(
                    image ->
                        image.equals(record.image())
                            || (image + ":latest").equals(record.image())
                            || record.imageId().startsWith(image)
                            || record.imageId().startsWith("sha256:" + image));
    boolean ended =
        !filters.has("exited")
            || record.state().status().equals("exited")
                && filters.all("exited").contains(Integer.toString(record.state().exitCode()));
    boolean inNetwork =
        !filters.has("network") || filters.all("network").stream().anyMatch(record.networks()::has);
    boolean hasVolume =
        !filters.has("volume")
            || filters.all("volume").stream()
                .anyMatch(
                    one ->
                        record.volumes().containsValue(one) || record.volumes().containsKey(one));
    return shown
        && named
        && known
        && ofImage
        && ended
        && inNetwork
        && hasVolume
        && filters.admits("health", life.health().map(Health::status).orElse("none"))
        && filters.admits("status", record.state().status())
        && filters.admitsLabels("label", record.labels());
  }

  private static String strip(String part) {
    return part.replaceAll("^\\^?/?|\\$$", "");
  }
}
