package argosy.kernel.display;

import java.awt.image.BufferedImage;
import java.awt.image.RenderedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;
import javax.imageio.ImageIO;

/// Images as PNG.
final class Pictures {

  private Pictures() {}

  /// {@return the picture that a value is}
  static Optional<byte[]> of(Object value) {
    return value instanceof RenderedImage image ? png(image) : Optional.empty();
  }

  private static Optional<byte[]> png(RenderedImage image) {
    try (ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
      return ImageIO.write(image, "png", bytes) || ImageIO.write(plain(image), "png", bytes)
          ? Optional.of(bytes.toByteArray())
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /// The same picture with colors that PNG knows.
  private static BufferedImage plain(RenderedImage image) {
    BufferedImage copy =
        new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_ARGB);
    var graphics = copy.createGraphics();
    graphics.drawRenderedImage(image, new java.awt.geom.AffineTransform());
    graphics.dispose();
    return copy;
  }
}
