// Saves a PDF as pdf-lib does: honest_pdf.js FILE FOLDER
const fs = require("fs");
const path = require("path");
const { PDFDocument } = require("pdf-lib");

async function save(source, folder) {
    for (const useObjectStreams of [true, false]) {
        const document = await PDFDocument.load(fs.readFileSync(source));
        fs.writeFileSync(path.join(folder, `pdf-lib-${useObjectStreams}.pdf`), await document.save({ useObjectStreams }));
    }
}

save(process.argv[2], process.argv[3]).catch((error) => {
    console.error(error);
    process.exit(1);
});
