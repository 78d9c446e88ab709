/// Bills of materials in [CycloneDX](https://cyclonedx.org/specification/overview/) and
/// [SPDX](https://spdx.github.io/spdx-spec/v3.0.1/): [BomCheck] says whether a document is one, and
/// what it leaves open.
@NullMarked
package dev.vidimus.inventory.bom;

import org.jspecify.annotations.NullMarked;
