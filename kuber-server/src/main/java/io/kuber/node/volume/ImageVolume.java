package io.kuber.node.volume;

/** {@code image}: the files of an image, which nobody may change (KEP-4639). */
final class ImageVolume implements VolumeKind {
  @Override
  public String field() {
    return "image";
  }

  @Override
  public Made make(Request request) {
    return new Made.Layers(request.sources().image(request.source().text("reference")));
  }
}
