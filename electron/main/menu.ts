import { app, Menu, type MenuItemConstructorOptions } from 'electron';

/** The application menu: windows and the system's own edit commands; everything else is in the window. */
export function setMenu(newWindow: () => void): void {
  const template: MenuItemConstructorOptions[] = [
    ...(process.platform === 'darwin' ? [{ role: 'appMenu' } as const] : []),
    {
      role: 'fileMenu',
      submenu: [
        {
          label: app.getLocale().startsWith('pl') ? 'Nowe okno' : 'New Window',
          accelerator: 'CmdOrCtrl+Shift+N',
          click: newWindow,
        },
        { type: 'separator' },
        { role: process.platform === 'darwin' ? 'close' : 'quit' },
      ],
    },
    { role: 'editMenu' },
    { role: 'viewMenu' },
    { role: 'windowMenu' },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
