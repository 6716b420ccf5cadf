"""Writes the large tables of the benchmark: what Jira and ServiceNow export, with made-up values.

Everything follows from the row's number, so that every machine measures the same files.
"""

import csv
import datetime
import zipfile
from xml.sax.saxutils import escape

PEOPLE = ["Mara Ko", "Tove Lund", "Lin Eze", "Odd Bru", "Nadia Roe", "Ivo Pena"]
BEGIN = datetime.datetime(2024, 7, 1, 6, 0)
SHEET_HEAD = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
)
PARTS = {
    "[Content_Types].xml": '<?xml version="1.0" encoding="UTF-8"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
    "_rels/.rels": '<?xml version="1.0" encoding="UTF-8"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/>'
    "</Relationships>",
    "xl/workbook.xml": '<?xml version="1.0" encoding="UTF-8"?>'
    '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<sheets><sheet name="Page 1" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": '<?xml version="1.0" encoding="UTF-8"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/>'
    "</Relationships>",
}


def person(row):
    return PEOPLE[row * 7 % len(PEOPLE)]


def jira_csv(path, rows):
    """Tickets as Jira's search exports them, repeated columns included."""
    header = ["Summary", "Issue key", "Issue id", "Issue Type", "Status", "Project key", "Project name", "Priority"]
    header += ["Reporter", "Assignee", "Created", "Updated", "Resolved", "Labels", "Labels", "Description", "Comment", "Comment"]
    with path.open("w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(header)
        for row in range(rows):
            created = BEGIN + datetime.timedelta(minutes=row * 2)
            updated, resolved = created + datetime.timedelta(days=3), created + datetime.timedelta(hours=7)
            said = f"{created:%d/%b/%y %I:%M %p};{person(row + 1)};Seen in acme/booking#{row % 90_000}, looks like PLAT-{row // 2}"
            table.writerow(
                [f"Retries pile up in queue {row % 997}", f"PLAT-{row + 1}", 100_000 + row]
                + ["[System] Incident" if row % 9 == 0 else "Task", "Done", "PLAT", "Platform", "High", person(row), person(row + 3)]
                + [f"{at:%d/%b/%y %I:%M %p}" for at in (created, updated, resolved)]
                + ["emergency" if row % 40 == 0 else "", "billing" if row % 3 == 0 else ""]
                + [f"The worker stops after {row % 50} retries.\nNobody was told before {created:%H:%M}.", said, ""]
            )


def servicenow_xlsx(path, rows):
    """Change requests as ServiceNow's list exports them to a spreadsheet."""
    header = ["Number", "Type", "State", "Approval", "Short description", "Requested by", "Assigned to", "Opened", "Actual start"]
    header += ["Actual end", "Updated", "Close code", "Configuration item"]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for name, text in PARTS.items():
            book.writestr(name, text)
        with book.open("xl/worksheets/sheet1.xml", "w") as sheet:
            sheet.write(SHEET_HEAD.encode())
            sheet.write(sheet_row(header))
            for row in range(rows):
                opened = BEGIN + datetime.timedelta(minutes=row * 35)
                times = [opened + datetime.timedelta(hours=hours) for hours in (0, 20, 22, 30)]
                sheet.write(
                    sheet_row(
                        [f"CHG{41_000 + row:07}", "Emergency" if row % 30 == 0 else "Normal", "Closed", "Approved"]
                        + [f"Move node {row % 400} & restart", person(row), person(row + 2)]
                        + [f"{at:%Y-%m-%d %H:%M:%S}" for at in times]
                        + ["Successful", f"node-{row % 400}"]
                    )
                )
            sheet.write(b"</sheetData></worksheet>")


def sheet_row(cells):
    texts = "".join(f'<c t="inlineStr"><is><t>{escape(str(cell))}</t></is></c>' for cell in cells)
    return f"<row>{texts}</row>".encode()
