package dev.vidimus.evidence.sigstore.fulcio;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.evidence.trust.DerShape;
import java.io.IOException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.x509.Extension;

/// A certificate as the log of certificates saw it: without the log's own promise.
final class Precertificate {
  /// The tag of the extensions in a `TBSCertificate`.
  private static final int EXTENSIONS = 3;

  private static final int MOST_BYTES = 1 << 16;
  private static final String WHERE = "certificate";

  private Precertificate() {}

  /// The DER of the `TBSCertificate` of a leaf without the extension that holds timestamps.
  static byte[] of(X509Certificate leaf) throws FormatException {
    try {
      byte[] der = leaf.getTBSCertificate();
      DerShape.require(der, MOST_BYTES, WHERE);
      ASN1EncodableVector fields = new ASN1EncodableVector();
      for (ASN1Encodable field : ASN1Sequence.getInstance(der)) {
        fields.add(
            field instanceof ASN1TaggedObject tagged && tagged.hasContextTag(EXTENSIONS)
                ? new DERTaggedObject(true, EXTENSIONS, without(tagged))
                : field);
      }
      return new DERSequence(fields).getEncoded(ASN1Encoding.DER);
    } catch (CertificateEncodingException | IOException e) {
      throw new FormatException.Malformed(WHERE, 0, "cannot be encoded: " + e.getMessage());
    } catch (RuntimeException e) { // the decoder refuses in many ways
      throw new FormatException.Malformed(WHERE, 0, "is not of its form: " + e.getMessage());
    }
  }

  private static DERSequence without(ASN1TaggedObject extensions) {
    List<ASN1Encodable> kept = new ArrayList<>();
    for (ASN1Encodable extension : ASN1Sequence.getInstance(extensions, true)) {
      if (!Extension.getInstance(extension)
          .getExtnId()
          .getId()
          .equals(EmbeddedTimestamps.EXTENSION)) {
        kept.add(extension);
      }
    }
    return new DERSequence(kept.toArray(new ASN1Encodable[0]));
  }
}
